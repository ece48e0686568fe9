import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanResultSchema } from '#shared/scan.ts';
import { cpuMs } from '#test/support/cpu-time.ts';
import { scanFiles } from './support/scan.ts';

const json = [
  'package.json',
  'deno.json',
  'angular.json',
  'nx.json',
  'turbo.json',
  'lerna.json',
  'rush.json',
  'tsconfig.json',
  'project.json',
];
const toml = ['pyproject.toml', 'Pipfile', 'mise.toml', '.streamlit/config.toml'];
const texts = [
  'requirements.txt',
  'setup.py',
  'setup.cfg',
  'runtime.txt',
  '.nvmrc',
  '.tool-versions',
  '.python-version',
  'pnpm-workspace.yaml',
  'environment.yml',
  'Procfile',
  'Dockerfile',
  'yarn.lock',
];
const sources = {
  'server.js': 'app.listen(process.env.PORT)',
  'app.py': 'app = FastAPI()\n',
  'manage.py': '',
};

describe('hostile manifests', () => {
  it('never break the scan, whatever types stand in them', async () => {
    const keys = [
      'name',
      'scripts',
      'dependencies',
      'workspaces',
      'bin',
      'main',
      'engines',
      'volta',
      'packageManager',
      'exports',
      'projects',
      'packages',
      'tasks',
      'targets',
      'devEngines',
      '__proto__',
      'constructor',
      'toString',
      'start',
      'build',
      'next',
      'express',
      'compilerOptions',
    ];
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...keys), tie('any'), { maxKeys: 5 }),
      ),
    })).any;
    const table = fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 10 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(table, { minLength: json.length, maxLength: json.length }),
        async (values) => {
          const files = Object.fromEntries(
            json.map((name, index) => [name, JSON.stringify(values[index])]),
          );
          scanResultSchema.parse(await scanFiles({ ...sources, ...files }));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('never break the scan, whatever text they hold', async () => {
    const text = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.string({
        unit: fc.constantFrom(
          '[',
          ']',
          '=',
          '"',
          '\n',
          'a',
          '.',
          '{',
          '}',
          ':',
          '-',
          ' ',
          '&',
          '*',
          '1',
          '#',
        ),
        maxLength: 200,
      }),
    );
    const names = [...json, ...toml, ...texts];
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: names.length, maxLength: names.length }),
        async (values) => {
          const files = Object.fromEntries(
            names.map((name, index) => [name, values[index] as string]),
          );
          scanResultSchema.parse(await scanFiles({ ...sources, ...files }));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are listed with the reason', async () => {
    const { ignored, services } = await scanFiles({
      'a/package.json': '{ "name": "a",\n "scripts": { "start" } }',
      'b/pyproject.toml': '[project\nname = 1',
      'c/pnpm-workspace.yaml': 'packages: [a\n b: c',
      'd/package.json': Buffer.from('\ufeff{}', 'utf16le'),
      'e/package.json': '['.repeat(100_000),
      'f/package.json': '{"name":"ok","dependencies":{"express":"5"},"scripts":{"start":"node i"}}',
    });
    expect(services.map(({ name }) => name)).toEqual(['ok']);
    const reasons = Object.fromEntries(ignored.map(({ path, reason }) => [path, reason]));
    expect(Object.keys(reasons).sort()).toEqual([
      'a/package.json',
      'b/pyproject.toml',
      'c/pnpm-workspace.yaml',
      'd/package.json',
      'e/package.json',
    ]);
    expect(reasons['a/package.json']).toMatch(/not valid JSON.*line 2/);
    expect(reasons['b/pyproject.toml']).toMatch(/not valid TOML/);
  });

  it('cost no more than they are long', async () => {
    const many = (count: number, entry: (n: number) => string) =>
      Array.from({ length: count }, (_, n) => entry(n));
    const begun = cpuMs();
    await scanFiles({
      'package.json': JSON.stringify({
        name: 'a',
        workspaces: many(2_000, (n) => `${'*'.repeat(20)}/**/**/**/x${n}`),
        dependencies: Object.fromEntries(many(20_000, (n) => `p${n}`).map((name) => [name, '1'])),
        scripts: Object.fromEntries(
          many(500, (n) => String(n)).map((n) => [
            `s${n}`,
            `${'npm run s1 && npm run s2 && '.repeat(60)}npm run start`,
          ]),
        ),
      }),
      'requirements.txt': many(40_000, (n) => `package-${n}==1`).join('\n'),
      'a.py': `class S(BaseSettings):\n${'    x: int\n'.repeat(60_000)}`,
      'b.py': `BaseSettings\nclass S(Base):\n${'    x: int\n'.repeat(60_000)}`,
      'c.js': `} = process.env;${'A, '.repeat(100_000)}`,
      'd.ts': `env\n${'  A: z.string()\n'.repeat(30_000)}`,
      'e.js': `.listen(${' '.repeat(300_000)}`,
      'f.py': `x.run(${'a'.repeat(300_000)}\n${'.run('.repeat(60_000)}`,
    });
    expect(cpuMs() - begun).toBeLessThan(10_000);
  });
});
