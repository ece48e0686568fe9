// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how nginx templates write variables.
import { describe, expect, it } from 'vitest';
import type { Service } from '#shared/scan.ts';
import { scanFiles } from '../support/scan.ts';

const node = (folder: string, source: string): Record<string, string> => ({
  [`${folder}/package.json`]: `{"name":"${folder}","scripts":{"start":"node a.js"},"dependencies":{"express":"5"}}`,
  [`${folder}/a.js`]: `require('express')().listen(3000);\n${source}\n`,
});
const go = (folder: string, source: string): Record<string, string> => ({
  [`${folder}/go.mod`]: `module example.com/${folder}\n\ngo 1.25\n`,
  [`${folder}/main.go`]: `package main\n\nfunc main() {\n${source}\n\thttp.ListenAndServe(":8080", nil)\n}\n`,
});

/** `caller > called by VARIABLE as form`, with the place, of all services. */
function seen(services: readonly Service[]): readonly string[] {
  return services.flatMap(({ name, calls = [] }) =>
    calls.map(
      ({ service, variable, form, path, file, line }) =>
        `${name} > ${service} by ${variable ?? 'name'} as ${form}${path} (${file}:${line})`,
    ),
  );
}

describe('calls that the scan sees', () => {
  it.each([
    ['os.Getenv("CART_SERVICE_ADDR")', 'CART_SERVICE_ADDR as authority'],
    ['mustMapEnv(&svc.cart, "CART_SERVICE_ADDR")', 'CART_SERVICE_ADDR as authority'],
    ['getEnv("CART_HOST", "cart")', 'CART_HOST as host'],
    ['getEnv("CART_ENDPOINT", "cart")', 'CART_ENDPOINT as authority'],
    ['getEnv("CART_URL", "http://cart:3000/v1")', 'CART_URL as url/v1'],
    ['grpc.Dial("cart:3000")', 'name as url'],
    ['http.Get("http://cart:3000/items")', 'name as url'],
  ])('%s', async (source, how) => {
    const { services } = await scanFiles({ ...go('shop', `\t${source}`), ...node('cart', '') });
    expect(seen(services)).toEqual([`shop > cart by ${how} (shop/main.go:4)`]);
    const shop = services.find(({ name }) => name === 'shop');
    expect(shop?.evidence).toContainEqual(
      expect.objectContaining({ fact: 'calls', file: 'shop/main.go', line: 4 }),
    );
  });

  it('those of Python, Java, C# and PHP too', async () => {
    const { services } = await scanFiles({
      ...node('cart', ''),
      'py/requirements.txt': 'flask\n',
      'py/app.py':
        "import os\nfrom flask import Flask\napp = Flask(__name__)\nCART = os.getenv('CART_HOST', 'cart')\n",
      'php/composer.json': '{"require":{"slim/slim":"4"}}',
      'php/public/index.php': "<?php\n$cart = getenv('CART_URL') ?: 'http://cart:3000';\n",
      'cs/shop.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web"></Project>',
      'cs/Program.cs':
        'var app = WebApplication.CreateBuilder(args).Build();\nvar cart = Environment.GetEnvironmentVariable("CART_SERVICE_ADDR");\napp.Run();\n',
    });
    expect(
      seen(services)
        .map((one) => one.replace(/ \(.*/, ''))
        .sort(),
    ).toEqual([
      'php > cart by CART_URL as url',
      'py > cart by CART_HOST as host',
      'shop > cart by CART_SERVICE_ADDR as authority',
    ]);
  });

  it('those of Spring Cloud, by the names that services register under', async () => {
    const pom = (name: string) =>
      `<project><groupId>a</groupId><artifactId>${name}</artifactId><version>1</version><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies><build><plugins><plugin><groupId>org.springframework.boot</groupId><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build></project>`;
    const app = (folder: string, name: string, settings: string, more = '') => ({
      [`${folder}/pom.xml`]: pom(folder),
      [`${folder}/src/main/java/App.java`]: `@SpringBootApplication class App { public static void main(String[] a) {} }\n${more}\n`,
      [`${folder}/src/main/resources/application.yml`]: `spring:\n  application:\n    name: ${name}\n${settings}`,
    });
    const { services } = await scanFiles({
      ...app(
        'a-gateway',
        'gateway',
        '  cloud:\n    gateway:\n      routes:\n        - id: x\n          uri: lb://people\n',
      ),
      ...app('a-customers', 'people', '', '@FeignClient(name = "pets") interface Pets {}'),
      ...app(
        'a-pets',
        'pets',
        '',
        '@FeignClient(name = "people", url = "https://example.com") interface Outside {}\nString stray = "http://nobody/";',
      ),
    });
    expect(seen(services)).toEqual([
      'a-customers > a-pets by name as url (a-customers/src/main/java/App.java:2)',
      'a-gateway > a-customers by name as url (a-gateway/src/main/resources/application.yml:8)',
    ]);
  });

  it('those that nginx passes on', async () => {
    const { services } = await scanFiles({
      'web/static/index.html': '<html></html>',
      'web/default.conf.template': 'location /api/ {\n  proxy_pass http://${CART_HOST}:3000/;\n}\n',
      ...node('cart', ''),
    });
    expect(seen(services)).toEqual(['static > cart by name as url (web/default.conf.template:2)']);
  });
});

describe('what is no call', () => {
  it.each([
    ['of a system outside', 'process.env.STRIPE_URL'],
    ['of a system outside, by its default', "process.env.CART_URL || 'https://api.example.com'"],
    ['of mail, which no service of ours is', 'process.env.EMAIL_HOST'],
    ['where the program listens', 'process.env.SERVER_ADDR'],
    ['what browsers use', 'process.env.WEB_URL'],
    ['a port alone', 'process.env.CART_PORT'],
    ['in a comment', '// fetch("http://cart/")'],
    ['to a host of the same word elsewhere', 'fetch("http://cart.example.com/")'],
  ])('%s', async (_, source) => {
    const { services } = await scanFiles({
      ...node('shop', source),
      ...node('cart', ''),
      ...node('email', ''),
      ...node('server', ''),
      ...node('web', ''),
    });
    expect(seen(services)).toEqual([]);
  });

  it('a service does not call itself', async () => {
    const { services } = await scanFiles({
      ...node('cart', 'listen(process.env.CART_HOST, process.env.CART_PORT)'),
      ...node('shop', ''),
    });
    expect(seen(services)).toEqual([]);
  });

  // Catches: half of the calls in the wrong place, and nobody told why a variable is asked for.
  it('a name that fits two is left, and the unknowns say why', async () => {
    const { services } = await scanFiles({
      ...node('shop', 'const to = process.env.PAYMENT_URL;'),
      ...node('payment-api', ''),
      ...node('payment-service', ''),
    });
    expect(seen(services)).toEqual([]);
    expect(services.find(({ name }) => name === 'shop')?.unknowns).toContainEqual({
      fact: 'calls',
      reason:
        'PAYMENT_URL (shop/a.js:2) fits the names of payment-api and payment-service: set it to the address of the one that is meant.',
    });
  });
});
