// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of Maven, CMake and Spring are meant.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutJsonComments } from '#main/generation/scan/formats/json-comments.ts';
import { cpuMs } from '#test/support/cpu-time.ts';
import { scanFiles } from './support/scan.ts';

const manifests = [
  'go.mod',
  'go.work',
  'Cargo.toml',
  'rust-toolchain.toml',
  'pom.xml',
  'build.gradle.kts',
  'settings.gradle.kts',
  'gradle/libs.versions.toml',
  'build.sbt',
  'project.clj',
  'deps.edn',
  'App.csproj',
  'Directory.Build.props',
  'global.json',
  'appsettings.json',
  'Gemfile',
  'config.ru',
  'composer.json',
  'mix.exs',
  'Package.swift',
  'pubspec.yaml',
  'package.yaml',
  'x.cabal',
  'shard.yml',
  'build.zig',
  'CMakeLists.txt',
  'meson.build',
  'mkdocs.yml',
  'book.toml',
  'docker-compose.yml',
  'fly.toml',
  'render.yaml',
  'Procfile',
  'Dockerfile',
  '.env',
  '.tool-versions',
  'mise.toml',
  'src/main/resources/application.yml',
  'src/main/resources/application.properties',
] as const;

const pieces = fc.constantFrom(
  '<project>',
  '</project>',
  '<artifactId>a',
  '<!DOCTYPE x [<!ENTITY a "b">]>',
  '<dependencies><dependency/>',
  '[package]',
  '[[bin]]',
  'name = "x"',
  'name: x',
  '"__proto__"',
  '__proto__:',
  'constructor: {}',
  '{',
  '}',
  '[',
  ']',
  '- ',
  '&a [*a]',
  '*a',
  ': ',
  '\n',
  '  ',
  '"',
  "'",
  '{"require":{"php":["8"]},"scripts":null}',
  'services:\n  a:\n    ports: {a: 1}\n    build: [1]\n',
  'dependencies: 5\n',
  'targets: [1]\n',
  '<Project Sdk="Microsoft.NET.Sdk.Web">',
  '</Project>',
  '${a}',
  '<properties><a>${a}</a></properties>',
  '\u0000',
  '\uFFFD',
  'é',
  'toString = 1\n',
  'module x\n',
  'package main\n',
  '(defproject a "1"',
  'add_executable(${PROJECT_NAME} a.c)\n',
  'lazy val a = project in file("../..")\n',
);

test('no manifest, whatever it holds, makes the scan throw or give a service without evidence', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(
        fc.constantFrom(...manifests),
        fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join('')),
        {
          minKeys: 1,
          maxKeys: 6,
        },
      ),
      async (files) => {
        const { services } = await scanFiles({
          ...files,
          'src/main.rs': 'fn main() {}',
          'main.go': 'package main\n',
        });
        for (const service of services) {
          expect(service.evidence.length).toBeGreaterThan(0);
          for (const { line } of service.evidence) expect(line).toBeGreaterThanOrEqual(1);
        }
      },
    ),
    { numRuns: 120 },
  );
});

test('every format: what is broken is said with its file', async () => {
  const broken = {
    'a/pom.xml': '<project>\n<artifactId>x\n</project>',
    'b/Cargo.toml': '[package\nname=1',
    'c/shard.yml': 'name: [x',
    'd/composer.json': '{"require": ',
    'e/App.csproj': new Uint8Array([0xff, 0xfe, 0x3c, 0x00]),
    'f/pubspec.yaml': new Uint8Array([0x6e, 0x61, 0xff, 0xff, 0x0a]),
    'g/go.mod': 'nothing here',
    'h/pom.xml': '<!DOCTYPE x [<!ENTITY a "b">]><project><artifactId>&a;</artifactId></project>',
    'i/pubspec.yaml': `a: &a [x, x]\n${Array.from({ length: 12 }, (_, n) => `b${n}: &b${n} [${n === 0 ? '*a' : `*b${n - 1}`},${'*a,'.repeat(30)}]`).join('\n')}\n`,
  };
  const { ignored, services } = await scanFiles(broken);
  for (const path of Object.keys(broken)) {
    expect(
      ignored.map((item) => item.path),
      path,
    ).toContain(path);
  }
  expect(ignored.find(({ path }) => path === 'a/pom.xml')?.reason).toMatch(/line \d/);
  expect(services.filter(({ kind }) => kind !== 'library')).toEqual([]);
});

test('text made to hang a parser or a pattern is scanned in a moment', async () => {
  const bombs: Record<string, string> = {
    'a/pom.xml': `<project><artifactId>a</artifactId>${'<a>'.repeat(50_000)}`,
    'b/composer.json': `${'['.repeat(300_000)}`,
    'c/composer.json': `{"a": ${'/*'.repeat(300_000)}`,
    'd/pubspec.yaml': `${'- '.repeat(100_000)}`,
    'e/shard.yml': `${'{a: '.repeat(60_000)}`,
    'f/Cargo.toml': `a = ${'['.repeat(100_000)}`,
    'g/CMakeLists.txt': 'add_executable('.repeat(60_000),
    'h/build.sbt': 'lazy val a = (project in file("a"))\n'.repeat(20_000),
    'i/mix.exs': ' '.repeat(900_000),
    'j/build.gradle': 'include "a",'.repeat(70_000),
    'j/settings.gradle': 'include "a",'.repeat(70_000),
    'k/go.mod': `module k\n${'require a.b/c v1\n'.repeat(50_000)}`,
    'k/main.go': 'package main\nport := '.repeat(40_000),
    'k/line.go': 'env:"A" '.repeat(110_000),
    'k/lines.go': `${'env:"A" '.repeat(150)}\n`.repeat(700),
    'l/Program.cs': 'GetEnvironmentVariable('.repeat(40_000),
    'm/Main.java': `Javalin.create${' '.repeat(100_000)}`.repeat(9),
    'n/main.rs': '#[arg('.repeat(150_000),
    'n/lines.rs': `${'#[arg(env, '.repeat(90)}\n`.repeat(900),
    'n/words.rs': '#[clap(\n'.repeat(100_000),
    'o/app.rb': `${'ENV.fetch("A"'.repeat(60_000)}`,
    'p/Main.scala': '@Value("${A'.repeat(80_000),
    'q/pom.xml': `<project><artifactId>a</artifactId><version>\${revision}</version><properties><revision>${'${revision}'.repeat(40)}</revision></properties></project>`,
  };
  const started = cpuMs();
  await scanFiles(bombs);
  expect(cpuMs() - started).toBeLessThan(10_000);
}, 60_000);

test('manifests with thousands of entries cost one pass, not one for each', async () => {
  const many = (count: number, line: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => line(index)).join('\n');
  const started = cpuMs();
  const { services } = await scanFiles({
    'a/docker-compose.yml': `services:\n${many(9_000, (n) => ` s${n}: {ports: ["1:2"]}`)}`,
    'b/pubspec.yaml': `name: b\ndependencies:\n${many(15_000, (n) => `  d${n}: 1`)}`,
    'c/shard.yml': `name: c\ndependencies:\n${many(15_000, (n) => `  d${n}: {}`)}`,
    'd/composer.json': `{"require":{${many(40_000, (n) => `"a/d${n}":"1",`)}}}`,
    'e/CMakeLists.txt': many(30_000, (n) => `add_executable(p${n} a.c)`),
  });
  expect(cpuMs() - started).toBeLessThan(10_000);
  expect(services.map(({ path }) => path)).toEqual(expect.arrayContaining(['b', 'c', 'd', 'e']));
}, 60_000);

test('comments and trailing commas leave JSON that means the same', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(JSON.parse(withoutJsonComments(text))).toEqual(JSON.parse(text));
      expect(JSON.parse(withoutJsonComments(`// a "\n[${text}, /* ] */\n]`))).toEqual([
        JSON.parse(text),
      ]);
    }),
  );
});
