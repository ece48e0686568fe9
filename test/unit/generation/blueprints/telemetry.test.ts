import { describe, expect, it, test } from 'vitest';
import type { ProjectText } from '#main/generation/blueprints/blueprint.ts';
import {
  generateArtifacts,
  planArtifacts,
  readPaths,
} from '#main/generation/blueprints/generate.ts';
import { judge } from '#main/generation/validation/judge.ts';
import type { Service } from '#shared/scan.ts';
import { defaultTarget } from '#shared/target.ts';
import { project, service } from './fixtures.ts';

type Files = Readonly<Record<string, string>>;

function wire(of: Service, files: Files): Files {
  const paths = new Set(readPaths('telemetry', project([of]), of, defaultTarget));
  const texts = new Map<string, ProjectText>(
    Object.entries(files)
      .filter(([path]) => paths.has(path))
      .map(([path, content]) => [path, { content, isOurs: false }]),
  );
  const made = generateArtifacts('telemetry', project([of]), of, { target: defaultTarget, texts });
  return Object.fromEntries(made.map(({ path, content }) => [path, content]));
}

/** What is said beside the files. */
function notes(of: Service, files: Files): string {
  const texts = new Map(
    Object.entries(files).map(([path, content]) => [path, { content, isOurs: false }]),
  );
  const made = generateArtifacts('telemetry', project([of]), of, { target: defaultTarget, texts });
  return made.flatMap((one) => one.notes?.map(({ message }) => message) ?? []).join('\n');
}

/** A service that cannot be wired is no failure: its files stay as they are, and one says why. */
function expectLeft(of: Service, files: Files, why: RegExp): void {
  const made = wire(of, files);
  expect(files).toMatchObject(made);
  expect(Object.keys(made)).toHaveLength(1);
  expect(notes(of, files)).toMatch(/^OpenTelemetry is left out: /);
  expect(notes(of, files)).toMatch(why);
}

/** Lines that a patch takes away; it adds some only where the service says so. */
function removed(before: string, after: string): readonly string[] {
  const left = after.split('\n');
  return before.split('\n').filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

const at = (file: string) => [{ fact: 'kind', value: 'web', file, line: 1 }];
const npm =
  '{\n  "name": "a",\n  "scripts": {\n    "start": "node server.js"\n  },\n  "dependencies": {\n    "express": "^5.0.0"\n  }\n}\n';
const cases: Readonly<
  Record<
    string,
    { readonly of: Service; readonly files: Files; readonly changed: readonly string[] }
  >
> = {
  'Node by its start script': {
    of: service({ language: 'javascript', start: 'node server.js' }),
    files: { 'package.json': npm, 'server.js': 'listen();\n' },
    changed: ['    "start": "node server.js"'],
  },
  'Node by a script that a script runs, in Windows’ lines': {
    of: service({ language: 'javascript', start: 'npm run start' }),
    files: {
      'package.json': npm
        .replace('"start": "node server.js"', '"start": "npm run go",\n    "go": "node server.js"')
        .replaceAll('\n', '\r\n'),
    },
    changed: ['    "go": "node server.js"\r'],
  },
  'Node by its entry point': {
    of: service({ language: 'javascript', start: 'node server.js', path: 'api' }),
    files: {
      'api/package.json': npm.replace('"start": "node server.js"', '"test": "x"'),
      'api/server.js':
        "#!/usr/bin/env node\n// Serves.\n'use strict';\nconst a = require('express');\n",
    },
    changed: [],
  },
  'Next.js': {
    of: service({ framework: 'next', start: 'npm run start', evidence: at('src/app/page.tsx') }),
    files: { 'package.json': npm.replace('node server.js', 'next start') },
    changed: [],
  },
  Flask: {
    of: service({ language: 'python', framework: 'flask', start: 'gunicorn app:app' }),
    files: {
      'requirements.txt': 'Flask==3.0.0\ngunicorn==23.0.0',
      'app.py':
        '#!/usr/bin/env python3\n"""The shop.\n\nServes."""\nfrom __future__ import annotations\n\nfrom flask import Flask  # web\n\napp = Flask(__name__)\n',
    },
    changed: [],
  },
  'Django with a pyproject.toml': {
    of: service({
      language: 'python',
      framework: 'django',
      start: 'python manage.py runserver 0.0.0.0:8000',
      evidence: at('shop/settings.py'),
    }),
    files: {
      'pyproject.toml':
        "[project]\nname = 'a'\ndependencies = [\n  'django>=5',  # web\n  'psycopg[binary]'\n]\n\n[tool.x]\ny = 1\n",
      'shop/wsgi.py':
        'import os\nfrom django.core.wsgi import get_wsgi_application\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n\napplication = get_wsgi_application()\n',
    },
    changed: ["  'psycopg[binary]'"],
  },
  '.NET with central versions': {
    of: service({
      language: 'csharp',
      name: 'Shop',
      path: 'Shop',
      evidence: at('Shop/Shop.csproj'),
    }),
    files: {
      'Directory.Packages.props':
        '<Project>\n  <PropertyGroup>\n    <ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>\n  </PropertyGroup>\n  <ItemGroup>\n    <PackageVersion Include="A" Version="1" />\n  </ItemGroup>\n</Project>\n',
      'Shop/Shop.csproj':
        '<Project Sdk="Microsoft.NET.Sdk.Web">\n  <ItemGroup>\n    <PackageReference Include="A" />\n  </ItemGroup>\n</Project>\n',
      'Shop/Program.cs':
        '\uFEFFusing System;\r\n\r\nvar builder = WebApplication.CreateBuilder(args);\r\nvar app = builder.Build();\r\n',
    },
    changed: [],
  },
  'Spring Boot with Maven': {
    of: service({ language: 'java', framework: 'spring-boot', packageManager: 'maven' }),
    files: {
      'pom.xml':
        '<project>\n\t<!-- <dependencies> -->\n\t<dependencies>\n\t\t<dependency><artifactId>web</artifactId></dependency>\n\t</dependencies>\n\t<build><plugins><plugin><dependencies></dependencies></plugin></plugins></build>\n</project>\n',
    },
    changed: [],
  },
  'Spring Boot with Gradle': {
    of: service({ language: 'kotlin', framework: 'spring-boot', packageManager: 'gradle' }),
    files: {
      'build.gradle.kts': 'plugins { java }\n\ndependencies {\n  implementation("a:b:1")\n}\n',
    },
    changed: [],
  },
  Go: {
    of: service({ language: 'go', evidence: at('main.go') }),
    files: {
      'go.mod': 'module x\n\ngo 1.25\n',
      'main.go':
        'package main\n\nimport "net/http"\n\nfunc main() {\n\thttp.ListenAndServe(":8080", nil) // serves\n}\n',
    },
    changed: ['\thttp.ListenAndServe(":8080", nil) // serves'],
  },
  'Go with gRPC': {
    of: service({ language: 'go', evidence: at('main.go') }),
    files: {
      'go.mod': 'module x\n\ngo 1.25\n\nrequire google.golang.org/grpc v1.83.0\n',
      'main.go':
        'package main\n\nimport "google.golang.org/grpc"\n\nfunc main() {\n\tserve(grpc.NewServer())\n\tserve(grpc.NewServer(a, b))\n}\n',
    },
    changed: ['\tserve(grpc.NewServer())', '\tserve(grpc.NewServer(a, b))'],
  },
};

describe.each(Object.entries(cases))('wiring of %s', (_name, { of, files, changed }) => {
  const wired = wire(of, files);

  it('keeps every line but those that it must change, with comments and line ends', () => {
    const gone = Object.entries(wired).flatMap(([path, content]) =>
      removed(files[path] ?? '', content),
    );
    expect(
      gone.filter((line) => line.trim() !== '' && !/^\s*"express"|gunicorn==23/.test(line)),
    ).toEqual(changed);
    for (const [path, content] of Object.entries(wired)) {
      const old = files[path];
      if (old?.includes('\r\n')) expect(content.replaceAll('\r\n', '')).not.toContain('\n');
    }
  });

  it('leaves sources that parse', async () => {
    for (const [path, content] of Object.entries(wired)) {
      expect(await judge({ path, content, format: 'source' }), path).toEqual([]);
    }
  });

  it('changes nothing more when it is run on what it made', () => {
    const all = { ...files, ...wired };
    for (const [path, content] of Object.entries(wire(of, all)))
      expect(content, path).toBe(all[path]);
  });
});

test('the SDK starts before what it watches', () => {
  const texts = Object.values(cases).flatMap(({ of, files }) => Object.entries(wire(of, files)));
  const one = (path: string, part: string) =>
    texts.find(([at, text]) => at === path && text.includes(part))?.[1] ?? '';
  expect(one('package.json', '--import')).toContain(
    '"start": "node --import ./otel.mjs server.js"',
  );
  expect(one('api/server.js', 'otel')).toMatch(
    /'use strict';\nrequire\('\.\/otel\.cjs'\);\nconst a/,
  );
  expect(one('app.py', 'initialize')).toMatch(
    /annotations\n\nfrom opentelemetry.*\n\n.*\ninitialize\(\)\n\nfrom flask/,
  );
  expect(one('shop/wsgi.py', 'initialize')).toMatch(
    /setdefault.*\n\nfrom opentelemetry[\s\S]*initialize\(\)\n\napplication/,
  );
  expect(one('Shop/Program.cs', 'AddOpenTelemetry')).toMatch(
    /CreateBuilder\(args\);\r\n.*\r\nbuilder\.Services\.AddOpenTelemetry/,
  );
  expect(one('main.go', 'watched')).toContain(
    '\tdefer startTelemetry()()\n\thttp.ListenAndServe(":8080", watched(nil)) // serves',
  );
  expect(one('pom.xml', 'opentelemetry-spring-boot-starter')).toMatch(
    /bom[\s\S]*<\/dependencyManagement>[\s\S]*starter/,
  );
  expect(texts.map(([path]) => path)).toContain('src/instrumentation.node.ts');
});

test('a service that sends already comes back as it is, and one that cannot be patched says what to do', () => {
  const sends = service({
    language: 'javascript',
    metrics: { library: 'opentelemetry', path: null, own: [] },
  });
  expect(wire(sends, { 'package.json': npm })).toEqual({ 'package.json': npm });
  const compiled = service({ start: 'node dist/main.js' });
  const other = npm.replace('node server.js', 'nest start');
  expectLeft(compiled, { 'package.json': other }, /By hand: .*--import/);
  expect(() => wire(service({ language: 'java' }), {})).toThrow(/Java agent/);
  const csharp = service({ language: 'csharp', evidence: at('api.csproj') });
  const files = { 'Program.cs': 'run();', 'api.csproj': '<Project></Project>' };
  expectLeft(csharp, files, /no line that makes a builder/);
});

test('a service that something else traces comes back as it is, and says why', () => {
  const node = service({ language: 'javascript', start: 'node server.js' });
  const traced = npm.replace('"express"', '"@instana/collector": "^4.0.0",\n    "express"');
  const spring = service({ language: 'java', framework: 'spring-boot', packageManager: 'maven' });
  const zipkin = `<project>\n<dependencies>\n<dependency><artifactId>spring-boot-starter-zipkin</artifactId></dependency>\n</dependencies>\n</project>\n`;
  const flask = service({ language: 'python', framework: 'flask', start: 'gunicorn app:app' });
  const cases: [Service, Files][] = [
    [node, { 'package.json': traced, 'server.js': 'listen();\n' }],
    [spring, { 'pom.xml': zipkin }],
    [flask, { 'requirements.txt': 'Flask\ninstana==3.0\n', 'app.py': 'app = Flask()\n' }],
    [
      service({ language: 'go', evidence: at('main.go') }),
      {
        'go.mod': 'module x\n\nrequire github.com/instana/go-sensor v1.0.0\n',
        'main.go': 'package main\n\nfunc main() {\n}\n',
      },
    ],
  ];
  for (const [of, files] of cases) {
    const wired = wire(of, files);
    for (const [path, content] of Object.entries(wired)) expect(content).toBe(files[path]);
    expect(Object.keys(wired)).toHaveLength(1);
    expect(notes(of, files)).toMatch(/traces this service already/);
  }
});

test('what the SDK does not run on is left to a person', () => {
  const node = service({ language: 'javascript', start: 'node server.js', runtimeVersion: null });
  const files = { 'package.json': npm, 'server.js': 'listen();\n' };
  expectLeft(node, { ...files, Dockerfile: 'FROM node:14\n' }, /Node 14/);
  expect(
    wire(node, { ...files, Dockerfile: 'FROM node:22-slim AS a\n' })['otel.mjs'],
  ).toBeDefined();
  const spring = service({ language: 'java', framework: 'spring-boot', path: 'a' });
  const pom = (version: string) =>
    `<project>\n<parent><artifactId>spring-boot-starter-parent</artifactId>\n<version>${version}</version></parent>\n<dependencies>\n</dependencies>\n</project>\n`;
  const child = '<project>\n<dependencies>\n</dependencies>\n</project>\n';
  const parent = { 'pom.xml': pom('2.3.3.RELEASE'), 'a/pom.xml': child };
  expectLeft(spring, parent, /Spring Boot 2\.3 is older/);
  expect(wire(spring, { 'pom.xml': pom('4.0.1'), 'a/pom.xml': child })['a/pom.xml']).toContain(
    'opentelemetry-spring-boot-starter',
  );
});

test('requirements that are compiled get what they are compiled from too; hashes are left alone', () => {
  const flask = service({ language: 'python', framework: 'flask', start: 'gunicorn app:app' });
  const app = 'app = Flask()\n';
  const wired = wire(flask, {
    'requirements.txt': 'flask==3.0.0\n    # via -r requirements.in\n',
    'requirements.in': 'flask\n',
    'app.py': app,
  });
  expect(wired['requirements.in']).toMatch(/^flask\nopentelemetry-distro>=/);
  expect(wired['requirements.txt']).toContain('opentelemetry-distro>=');
  const hashed = { 'requirements.txt': 'flask==3.0.0 \\\n    --hash=sha256:0\n', 'app.py': app };
  expectLeft(flask, hashed, /pins its packages by hashes/);
});

test('Go’s modules are of the version of the API that the program has', () => {
  const go = service({ language: 'go', evidence: at('main.go') });
  const mod = (otel: string) =>
    wire(go, {
      'go.mod': `module x\n\nrequire go.opentelemetry.io/otel ${otel} // indirect\n`,
      'main.go': 'package main\n\nfunc main() {\n\thttp.ListenAndServe(":1", nil)\n}\n',
    })['go.mod'];
  expect(mod('v1.45.0')).toMatch(/otel\/sdk v1\.45\.0[\s\S]*/);
  expect(mod('v1.45.0')).toContain('otelhttp v0.70.0');
  expect(mod('v1.20.0')).toContain('otel/sdk v1.38.0');
});

test('services of other languages are left out of the plan', () => {
  const all = project([
    service(),
    service({ name: 'b', language: 'rust' }),
    service({ name: 'c', kind: 'static' }),
  ]);
  expect(planArtifacts(all, ['telemetry']).map(({ service: of }) => of?.name)).toEqual(['api']);
});
