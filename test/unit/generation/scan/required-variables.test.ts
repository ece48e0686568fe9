import { expect, test } from 'vitest';
import { json, onlyService } from './support/scan.ts';

const app = {
  'package-lock.json': '{}',
  'package.json': json({
    name: 'a',
    scripts: { start: 'node a.js' },
    dependencies: { express: '5', pg: '8', ioredis: '5', '@prisma/client': '6' },
    devDependencies: { prisma: '6' },
  }),
};

async function required(files: Record<string, string>): Promise<readonly string[]> {
  const { env } = await onlyService({ ...files });
  return env.filter((one) => one.required).map(({ name }) => name);
}

test('a bare read in JavaScript is optional; a check, an assertion or a schema makes it required', async () => {
  const names = await required({
    ...app,
    'a.js': [
      'const flag = process.env.FLAG; const on = !!process.env.ON;',
      'const both = Boolean(process.env.BOTH && process.env.OTHER);',
      "if (!process.env.THROWN) throw new Error('THROWN is missing');",
      "if (!process.env.EXITED) {\n  console.error('no EXITED');\n  process.exit(1);\n}",
      "if (!process.env.SKIPPED) return;\nthrow new Error('other');",
      'const a = process.env.ASSERTED!; const b = process.env.CAST as string;',
      "assert(process.env.TOLD, 'TOLD'); const c = process.env.COMPARED !== 'x';",
      "const d = requireEnv('TOP');\nfunction later() {\n  return requireEnv('LATER');\n}",
      "const required = ['LISTED', 'LISTED_TOO'];\nfor (const key of required) if (!process.env[key]) throw 1;",
    ].join('\n'),
    'joi.js':
      'const env = Joi.object({\n  J1: Joi.string(),\n  J2: Joi.string().required(),\n}).validate(process.env);',
  });
  expect(names).toEqual([
    'ASSERTED',
    'CAST',
    'EXITED',
    'J2',
    'LISTED',
    'LISTED_TOO',
    'THROWN',
    'TOLD',
    'TOP',
  ]);
});

test('a connection that the service needs is required unless the source can do without it', async () => {
  const names = await required({
    ...app,
    'a.js': [
      'connect(process.env.DATABASE_URL); connect(process.env.DATABASE_REPLICA_URL);',
      'if (process.env.REDIS_URL) connect(process.env.REDIS_URL);',
      'connect(process.env.MONGO_URL);',
    ].join('\n'),
  });
  expect(names).toEqual(['DATABASE_URL']);
});

test('the data source of a Prisma schema is required', async () => {
  const schema =
    'datasource db {\n  provider = "postgresql"\n  url = env("PRISMA_DB")\n  shadowDatabaseUrl = env("SHADOW")\n}\n';
  expect(
    await required({ ...app, 'a.js': 'app.listen(3000)', 'prisma/schema.prisma': schema }),
  ).toEqual(['PRISMA_DB']);
});

test('a secret that the example of the environment sets is required', async () => {
  const names = await required({
    ...app,
    '.env.example': 'APP_SECRET=change-me\nMAIL_SECRET=\nTITLE=x\n# OLD_SECRET=x\n',
    'a.js': 'use(process.env.APP_SECRET, process.env.MAIL_SECRET, process.env.TITLE);',
  });
  expect(names).toEqual(['APP_SECRET']);
});

test('a workspace’s example tells the secrets of its members, not their systems', async () => {
  const service = await onlyService({
    'package-lock.json': '{}',
    'package.json': json({ name: 'root', private: true, workspaces: ['apps/*'] }),
    '.env.example': 'AUTH_SECRET=secret\nDATABASE_URL=postgres://localhost/x\n',
    'apps/web/package.json': json({
      name: 'web',
      scripts: { start: 'node a.js' },
      dependencies: { express: '5' },
    }),
    'apps/web/a.js': 'app.listen(3000); use(process.env.AUTH_SECRET);',
  });
  expect(service).toMatchObject({
    context: '.',
    backingServices: [],
    env: [{ name: 'AUTH_SECRET', required: true }],
  });
});

test('helpers in another language do not speak for the service', async () => {
  const names = await required({
    ...app,
    'a.js': 'app.listen(3000)',
    'extra/check.py': 'import os\nos.environ["CHECK_HOST"]\n',
  });
  expect(names).toEqual([]);
});

test('Python, Ruby and PHP: what raises is required, what gives nothing is not', async () => {
  expect(
    await required({
      'requirements.txt': 'flask\npsycopg2',
      'app.py':
        'app = Flask(__name__)\na = os.environ["HARD"]; b = os.getenv("SOFT"); c = os.getenv("DATABASE_URL")\nif not os.getenv("RAISED"):\n    raise ValueError()\n',
    }),
  ).toEqual(['DATABASE_URL', 'HARD', 'RAISED']);
  expect(
    await required({
      Gemfile: 'gem "sinatra"\n',
      'web.rb':
        'require "sinatra"\na = ENV["SOFT"]; b = ENV.fetch("HARD")\nraise "no" unless ENV["RAISED"]\n',
    }),
  ).toEqual(['HARD', 'RAISED']);
  expect(await required({ 'index.php': '<?php\n$a = getenv("SOFT");\n' })).toEqual([]);
});

test('what some set-ups only read is not required, unless they are what is deployed', async () => {
  expect(
    await required({
      'requirements.txt': 'flask',
      'app.py': [
        'app = Flask(__name__)',
        'if USE_S3:',
        '    BUCKET = os.environ["S3_BUCKET"]',
        'elif not DEBUG:',
        '    FILES = os.environ["FILES_ROOT"]',
        'else:',
        '    OTHER = os.environ["OTHER_ROOT"]',
        'MAIL = os.environ["MAIL_FROM"] if SENDS else None',
        'if PRODUCTION:',
        '    KEY = os.environ["SIGNING_KEY"]',
        'def read():',
        '    for name in names:',
        '        return os.environ["ALWAYS"]',
      ].join('\n'),
    }),
  ).toEqual(['ALWAYS', 'FILES_ROOT', 'OTHER_ROOT', 'SIGNING_KEY']);
  expect(
    await required({
      Gemfile: 'gem "sinatra"\n',
      'web.rb': [
        'require "sinatra"',
        'case store',
        'when "s3"',
        '  bucket = ENV.fetch("S3_BUCKET")',
        'end',
        'key = ENV.fetch("MAIL_KEY") if mail?',
        'top = ENV.fetch("TOP")',
      ].join('\n'),
    }),
  ).toEqual(['TOP']);
  expect(
    await required({
      ...app,
      'a.js': [
        'app.listen(3000);',
        'if (',
        '  provider === "s3"',
        ') {',
        '  use(process.env.S3_KEY!);',
        '} else {',
        '  use(process.env.DISK!);',
        '}',
        'use(process.env.TOP!);',
      ].join('\n'),
    }),
  ).toEqual(['TOP']);
});

test('Elixir: what a platform’s branch or a script beside the release reads is not required', async () => {
  expect(
    await required({
      'mix.exs':
        'defmodule Hub.MixProject do\n  def project, do: [app: :hub]\n  def application, do: [mod: {Hub.Application, []}]\n  defp deps, do: [\n    {:phoenix, "~> 1.8"},\n  ]\nend\n',
      'config/runtime.exs':
        'if config_env() == :prod do\n  secret = System.fetch_env!("SECRET_KEY_BASE")\nend\n',
      'config/dev.exs': 'config :hub, key: System.fetch_env!("DEV_KEY")\n',
      'lib/node.ex':
        'node =\n  cond do\n    System.get_env("FLY_APP_NAME") ->\n      System.fetch_env!("FLY_APP_NAME") <> System.fetch_env!("FLY_MACHINE_ID")\n    true -> ""\n  end\n',
      'rel/overlays/start.exs': 'System.fetch_env!("COOKIE")\n',
    }),
  ).toEqual(['SECRET_KEY_BASE']);
});

test('Go: a variable that the program looks at and goes on without is not required', async () => {
  expect(
    await required({
      'go.mod': 'module a\n\ngo 1.24\nrequire github.com/lib/pq v1.10.9\n',
      'main.go': [
        'package main',
        'import (',
        '\t"net/http"',
        '\t_ "github.com/lib/pq"',
        ')',
        'func main() {',
        '\tif file := os.Getenv("CONFIG_FILE"); file != "" {',
        '\t\tload(file)',
        '\t}',
        '\ttitle := os.Getenv("TITLE")',
        '\tif title == "" {',
        '\t\ttitle = "Hub"',
        '\t}',
        '\tkey := os.Getenv("API_KEY")',
        '\tif key == "" {',
        '\t\tlog.Fatal("API_KEY is not set")',
        '\t}',
        '\tsql.Open("postgres", os.Getenv("DATABASE_URL"))',
        '\thttp.ListenAndServe(":80", nil)',
        '}',
      ].join('\n'),
    }),
  ).toEqual(['API_KEY', 'DATABASE_URL']);
});

test('a schema of settings in capitals is not one of the environment', async () => {
  expect(
    await required({
      ...app,
      'a.js': 'app.listen(3000);',
      'settings.ts':
        'const current_env = 1;\nexport const SETTINGS = z.object({\n  SIDEBAR: z.boolean(),\n  PROXY_URL: z.string(),\n});\n',
    }),
  ).toEqual([]);
  expect(
    await required({
      ...app,
      'a.js': 'app.listen(3000);',
      'config.ts':
        'export const envSchema = z.object({\n  API_URL: z.string(),\n  B: z.string().optional(),\n});\n',
    }),
  ).toEqual(['API_URL']);
});

test('a script that only bundles is no start, whatever its name', async () => {
  const service = await onlyService({
    'package.json': json({
      name: 'site',
      scripts: { prod: 'mix --production' },
      dependencies: { 'date-fns': '4' },
    }),
    'package-lock.json': '{}',
  });
  expect(service.start).toBeNull();
});

test('a variable that a constant holds is required where the program ends without it', async () => {
  const service = await onlyService({
    'deno.json': '{ "tasks": { "start": "deno run -A main.ts" } }',
    'main.ts':
      'const KEY = Deno.env.get("API_KEY");\n\nif (!KEY) {\n  console.error("no key");\n  Deno.exit(1);\n}\nconst name = Deno.env.get("NAME");\nif (!name) console.warn("no name");\nDeno.serve(handle);\n',
  });
  expect(service.env.map(({ name, required }) => `${name} ${required}`).sort()).toEqual([
    'API_KEY true',
    'NAME false',
  ]);
});
