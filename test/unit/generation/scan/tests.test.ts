import { expect, test } from 'vitest';
import { json, onlyService, scanFiles } from './support/scan.ts';

const server = 'require("http").createServer().listen(3000)\n';
const flask = 'from flask import Flask\napp = Flask(__name__)\n';
const pkg = (scripts: Record<string, string>) =>
  json({ name: 'shop', main: 'server.js', scripts: { start: 'node server.js', ...scripts } });

test('the script of package.json runs the tests, with the line where it stands', async () => {
  const service = await onlyService({
    'package.json': pkg({ test: 'vitest run' }),
    'package-lock.json': '{}',
    'server.js': server,
  });
  expect(service.test).toBe('npm test');
  expect(service.evidence.find(({ fact }) => fact === 'test')).toEqual({
    fact: 'test',
    value: 'npm test',
    file: 'package.json',
    line: 6,
  });
});

test.each(['echo "Error: no test specified" && exit 1', 'vitest --watch', 'cypress run'])(
  '%s is no test that a pipeline could run',
  async (script) => {
    const service = await onlyService({
      'package.json': pkg({ test: script }),
      'server.js': server,
    });
    expect(service.test).toBeUndefined();
  },
);

test('pytest is installed by the file that names it, or by the manager', async () => {
  const plain = await onlyService({
    'requirements.txt': 'flask\n',
    'requirements-dev.txt': 'pytest\n',
    'app.py': flask,
  });
  expect(plain.test).toBe('pip install -r requirements-dev.txt && pytest');
  const managed = await onlyService({
    'pyproject.toml':
      '[project]\nname = "a"\nversion = "1"\ndependencies = ["flask"]\n[tool.pytest.ini_options]\n',
    'uv.lock': '',
    'app.py': flask,
  });
  expect(managed.test).toBe('uv run pytest');
});

test.each([
  ['go test ./...', { 'go.mod': 'module a\n', 'main.go': go(), 'main_test.go': 'package main\n' }],
  [
    'cargo test',
    { 'Cargo.toml': '[package]\nname = "a"\nversion = "1.0.0"\n', 'src/main.rs': 'fn main() {}\n' },
  ],
  [
    'bundle exec rspec',
    { Gemfile: 'gem "sinatra"\n', 'config.ru': 'run App\n', 'spec/a_spec.rb': '' },
  ],
  [
    'vendor/bin/phpunit',
    { 'composer.json': '{}', 'index.php': '<?php', 'phpunit.xml.dist': '<phpunit/>' },
  ],
  [
    'make test',
    { 'requirements.txt': 'flask\n', 'app.py': flask, Makefile: 'run:\n\tx\ntest: run\n\tx\n' },
  ],
])('%s by the convention of its stack', async (command, files) => {
  const { services } = await scanFiles(files as Record<string, string>);
  expect(services.map((one) => one.test)).toContain(command);
});

test('a Maven module is tested with those that it needs, and .NET by the project that refers to it', async () => {
  const pom = (inner: string) => `<project><modelVersion>4.0.0</modelVersion>${inner}</project>`;
  const boot =
    '<dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies><build><plugins><plugin><groupId>org.springframework.boot</groupId><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build>';
  const maven = await scanFiles({
    'pom.xml': pom(
      '<groupId>a</groupId><artifactId>all</artifactId><version>1</version><packaging>pom</packaging><modules><module>api</module></modules>',
    ),
    'api/pom.xml': pom(
      `<parent><groupId>a</groupId><artifactId>all</artifactId><version>1</version></parent><artifactId>api</artifactId>${boot}`,
    ),
    'api/src/main/java/A.java':
      '@SpringBootApplication class A { public static void main(String[] a) { SpringApplication.run(A.class); } }',
    'api/src/test/java/ATest.java': 'class ATest {}',
  });
  expect(maven.services.find(({ path }) => path === 'api')?.test).toMatch(/-pl api -am verify$/);
  const dotnet = await scanFiles({
    'src/Api/Api.csproj':
      '<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>',
    'src/Api/Program.cs': 'WebApplication.CreateBuilder(args).Build().Run();',
    'tests/Api.Tests/Api.Tests.csproj':
      '<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="xunit" /><ProjectReference Include="..\\..\\src\\Api\\Api.csproj" /></ItemGroup></Project>',
  });
  expect(dotnet.services.find(({ path }) => path === 'src/Api')?.test).toBe(
    'dotnet test ../../tests/Api.Tests',
  );
});

function go(): string {
  return 'package main\nimport "net/http"\nfunc main() { http.ListenAndServe(":8080", nil) }\n';
}
