import { describe, expect, test } from 'vitest';
import { scanFiles } from './support/scan.ts';

/** The variables with an address, of all services. */
async function addresses(files: Record<string, string>): Promise<readonly string[]> {
  const { services } = await scanFiles(files);
  return services.flatMap(({ env }) =>
    env.flatMap(({ name, address }) => (address ? [`${name}=${address}`] : [])),
  );
}

const spring = (libraries: readonly string[], settings: string) => ({
  'pom.xml': `<project><groupId>a</groupId><artifactId>shop</artifactId><version>1</version><dependencies>${[
    'org.springframework.boot:spring-boot-starter-web',
    ...libraries,
  ]
    .map((one) => one.split(':'))
    .map(
      ([group, name]) =>
        `<dependency><groupId>${group}</groupId><artifactId>${name}</artifactId></dependency>`,
    )
    .join('')}</dependencies>
<build><plugins><plugin><groupId>org.springframework.boot</groupId><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build></project>`,
  'src/main/java/App.java':
    '@SpringBootApplication class App { public static void main(String[] a) {} }\n',
  'src/main/resources/application.yml': settings,
});
const eureka = 'org.springframework.cloud:spring-cloud-starter-netflix-eureka-client';

describe('the address that a variable stands for on the developer’s machine', () => {
  test.each([
    [
      'Python',
      {
        'requirements.txt': 'flask\n',
        'app.py':
          'import os\nfrom flask import Flask\napp = Flask(__name__)\nstock = os.environ.get("STOCK_URL", "http://localhost:8002/v1")\n',
      },
    ],
    [
      'Node',
      {
        'package.json':
          '{"name":"shop","scripts":{"start":"node a.js"},"dependencies":{"express":"5"}}',
        'a.js': "const stock = process.env.STOCK_URL ?? 'http://localhost:8002/v1';\n",
      },
    ],
    [
      'Go',
      {
        'go.mod': 'module a\n\ngo 1.22\n',
        'main.go':
          'package main\n\nfunc main() {\n\tstock := os.Getenv("STOCK_URL")\n\tstock = getEnv("STOCK_URL", "http://localhost:8002/v1")\n\thttp.ListenAndServe(":80", nil)\n}\n',
      },
    ],
    [
      'Rust',
      {
        'Cargo.toml': '[package]\nname = "a"\nversion = "0.1.0"\n[dependencies]\naxum = "0.8"\n',
        'src/main.rs':
          'fn main() {\n let s = std::env::var("STOCK_URL").unwrap_or_else(|_| "http://localhost:8002/v1".to_string());\n}\n',
      },
    ],
    [
      'Ruby',
      {
        Gemfile: "gem 'sinatra'\n",
        'app.rb':
          "require 'sinatra'\nset :stock, ENV.fetch('STOCK_URL', 'http://localhost:8002/v1')\n",
      },
    ],
  ])('in %s', async (_, files) => {
    expect(await addresses(files as Record<string, string>)).toEqual([
      'STOCK_URL=http://localhost:8002/v1',
    ]);
  });

  test('of a placeholder, a plain setting and the registry that Spring Cloud looks for by itself', async () => {
    const files = spring(
      [eureka],
      `spring:
  config:
    import: optional:configserver:\${CONFIG_SERVER_URL:http://localhost:8888/},optional:classpath:/creds.yaml
shop:
  stock-api:
    url: http://localhost:8002
`,
    );
    expect(await addresses(files)).toEqual([
      'CONFIG_SERVER_URL=http://localhost:8888/',
      'EUREKA_CLIENT_SERVICEURL_DEFAULTZONE=http://localhost:8761/eureka/',
      'SHOP_STOCKAPI_URL=http://localhost:8002',
    ]);
  });

  test('of the registry that the settings name, not the usual one', async () => {
    const files = spring(
      [eureka],
      'eureka:\n  client:\n    service-url:\n      defaultZone: http://localhost:9761/eureka\n',
    );
    expect(await addresses(files)).toEqual([
      'EUREKA_CLIENT_SERVICEURL_DEFAULTZONE=http://localhost:9761/eureka',
    ]);
  });

  test('and of nothing else: other hosts, variables that are written, settings outside Spring', async () => {
    expect(
      await addresses({
        'requirements.txt': 'flask\n',
        'app.py':
          'import os\nfrom flask import Flask\napp = Flask(__name__)\na = os.getenv("PAY_URL", "http://pay.example.com:8002")\nb = os.getenv("STOCK_URL")\nopts = {"STOCK_URL": "http://localhost:8002"}\n',
      }),
    ).toEqual([]);
  });
});

test('the folder of a config server’s native profile is not demanded of those who do not use it', async () => {
  const { services } = await scanFiles(
    spring(
      ['org.springframework.cloud:spring-cloud-config-server'],
      `spring:\n  cloud:\n    config:\n      server:\n        native:\n          searchLocations: file:///\${GIT_REPO}\n`,
    ),
  );
  expect(services[0]?.env).toMatchObject([{ name: 'GIT_REPO', required: false }]);
});
