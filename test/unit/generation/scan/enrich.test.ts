import { expect, test } from 'vitest';
import { onlyService, scanFiles } from './support/scan.ts';

const worker =
  '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType></PropertyGroup></Project>';
const spring = `<project><groupId>a</groupId><artifactId>orders</artifactId><version>1</version>
<dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies>
<build><plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build></project>`;

test('a Compose file tells ports by build folder, database by depends_on, and what runs in the background', async () => {
  const { services } = await scanFiles({
    'docker-compose.yml': `services:
  web:
    build: ./orders
    ports:
      - "\${WEB_PORT:-80}:\${APP_PORT}"
    depends_on:
      db: { condition: service_healthy }
      cache: { condition: service_started }
  ticker:
    build:
      context: ./ticker
  db:
    image: postgis/postgis:16-3.4
  cache:
    image: redis:7
  unused:
    image: mongo:7
`,
    '.env': 'APP_PORT=8444\n',
    'orders/pom.xml': spring,
    'orders/src/main/java/App.java':
      '@SpringBootApplication class A { public static void main(String[] a) {} }',
    'ticker/ticker.csproj': worker,
  });
  const orders = services.find(({ name }) => name === 'orders');
  expect(orders).toMatchObject({ ports: [8444], backingServices: ['postgres', 'redis'] });
  expect(orders?.evidence).toContainEqual({
    fact: 'ports',
    value: '8444',
    file: 'docker-compose.yml',
    line: 5,
  });
  expect(orders?.evidence).toContainEqual({
    fact: 'backingServices',
    value: 'postgres',
    file: 'docker-compose.yml',
    line: 12,
  });
  expect(services.find(({ name }) => name === 'ticker')?.kind).toBe('worker');
});

test("a Dockerfile's last stage gives the start where nothing else does, and says that it is of that image", async () => {
  const service = await onlyService({
    Gemfile: 'gem "bunny"\n',
    Dockerfile:
      'FROM ruby AS build\nCMD ["never"]\nFROM ruby\nENTRYPOINT ["ruby", "main loop.rb"]\nCMD ["--fast"]\n',
  });
  expect(service).toMatchObject({
    kind: 'worker',
    start: "ruby 'main loop.rb' --fast",
    backingServices: ['rabbitmq'],
  });
  expect(service.unknowns).toContainEqual(expect.objectContaining({ fact: 'start' }));
});

test('a Procfile names a program of the build by its place, and repeats no worker that is known', async () => {
  const { services } = await scanFiles({
    'go.mod': 'module example.com/hub\n\ngo 1.22\n',
    'main.go': 'package main\n\nfunc main() {}\n',
    Procfile: 'web: bin/hub -port 5050\nrelease: ./migrate\nclock: hub tick\n',
  });
  expect(services.map(({ name, kind, start, ports }) => ({ name, kind, start, ports }))).toEqual([
    { name: 'hub', kind: 'web', start: './bin/hub -port 5050', ports: [5050] },
    { name: 'hub-clock', kind: 'worker', start: './bin/hub tick', ports: [] },
  ]);
});

test('fly.toml and render.yaml count after the code', async () => {
  const service = await onlyService({
    Gemfile: 'gem "rack"\n',
    'config.ru': 'run App\n',
    'fly.toml': 'app = "x"\n[http_service]\n  internal_port = 8321\n',
  });
  expect(service.ports).toEqual([8321]);
});

test('a Dockerfile in the docker folder tells the port, through the defaults of its variables', async () => {
  const service = await onlyService({
    'go.mod': 'module example.com/hub\n\ngo 1.22\n',
    'main.go':
      'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(addr(), nil) }\n',
    'docker/Dockerfile':
      'FROM debian\nARG HUB_EXPOSE=8090\nENV HUB_PORT=$HUB_EXPOSE\nEXPOSE $HUB_PORT\n',
  });
  expect(service.ports).toEqual([8090]);
  expect(service.evidence).toContainEqual({
    fact: 'ports',
    value: '8090',
    file: 'docker/Dockerfile',
    line: 4,
  });
});

// Catches: `web/static` and `ratings/html` taken for services of these names, beside their own images.
test('a folder that the Dockerfile above it copies is the service of that image', async () => {
  const { services } = await scanFiles({
    'web/Dockerfile': 'FROM nginx:1.29\nCOPY --chown=1 ./static/ /usr/share/nginx/html\n',
    'web/static/index.html': '<h1>Shop</h1>\n',
    'ratings/Dockerfile': 'FROM php:8.4-apache\nCOPY html/ /var/www/html\n',
    'ratings/html/composer.json': '{"require":{"php":">=8.4","slim/slim":"4"}}',
    'ratings/html/index.php': '<?php\n',
    'other/Dockerfile': 'FROM nginx:1.29\nCOPY --from=build site /usr/share/nginx/html\n',
    'other/site/index.html': '<h1>Other</h1>\n',
  });
  expect(services.map(({ name, path, context }) => [name, path, context])).toEqual([
    ['site', 'other/site', 'other/site'],
    ['ratings', 'ratings/html', 'ratings'],
    ['web', 'web/static', 'web'],
  ]);
  const [, ratings] = services;
  expect(ratings?.install).toMatch(/^composer --working-dir=html install/);
  expect(ratings?.evidence).toContainEqual({
    fact: 'dockerfile',
    value: 'ratings/Dockerfile',
    file: 'ratings/Dockerfile',
    line: 1,
  });
});

const listening = {
  'package.json':
    '{"name":"web","scripts":{"start":"node server.js"},"dependencies":{"express":"4"}}',
  'server.js': "const app = require('express')();\napp.listen(process.env.PORT || 4000);\n",
};

test.each([
  ['its image sets the variable that it reads', 'FROM node\nENV PORT=80\nEXPOSE 80\n', [80]],
  ['its image only exposes another', 'FROM node\nEXPOSE 80\n', [4000]],
  ['its image sets one that it does not read', 'FROM node\nENV WEB_PORT=80\nEXPOSE 80\n', [4000]],
  ['a stage sets it that does not run', 'FROM node\nENV PORT=80\nFROM node\nEXPOSE 80\n', [4000]],
  [
    'a stage sets it that the last is made from',
    'FROM node AS a\nENV PORT=80\nFROM a\nEXPOSE 80\n',
    [80],
  ],
])('the port of a program where %s', async (_, Dockerfile, ports) => {
  expect(await onlyService({ ...listening, Dockerfile })).toMatchObject({ ports });
});

test('arguments of the author’s image are named where the program is started without any', async () => {
  const service = await onlyService({
    Makefile: 'all: darkd\n\ndarkd: darkd.c\n\tcc darkd.c -o $@\n',
    'darkd.c': 'static int bindport = 8080;\nint main() { listen(fd, 1); }\n',
    Dockerfile: 'FROM scratch\nENTRYPOINT ["/darkd"]\nCMD [".", "--quiet"]\n',
  });
  expect(service).toMatchObject({ start: './darkd', ports: [8080] });
  expect(service.unknowns).toContainEqual({
    fact: 'start',
    reason: 'Dockerfile:3 starts the program with . --quiet; give it what it needs of that.',
  });
});

test("a command that names the framework's own port is told the one that files say", async () => {
  const service = await onlyService({
    Gemfile: 'gem "sinatra"\n',
    'config.ru': 'run App\n',
    Dockerfile: 'FROM ruby\nEXPOSE 3000\nCMD bundle exec rackup -p 3000 -o 0.0.0.0\n',
  });
  expect(service).toMatchObject({
    start: 'bundle exec rackup -o 0.0.0.0 -p 3000',
    ports: [3000],
  });
});

test("a site's files are not served where its developers' image listens", async () => {
  const service = await onlyService({
    'hugo.toml': 'title = "x"\n',
    'content/a.md': '# X\n',
    Dockerfile: 'FROM hugo\nEXPOSE 1313\nCMD ["serve"]\n',
  });
  expect(service).toMatchObject({ kind: 'static', ports: [] });
});
