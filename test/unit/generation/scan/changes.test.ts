import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { noStart } from '#main/generation/scan/no-start.ts';
import { scanProject } from '#main/generation/scan/scan-project.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const { signal } = new AbortController();

function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

const manifest = (start: string, dependencies: object) =>
  JSON.stringify({ name: 'web', scripts: { start }, dependencies });

const before = {
  '.gitignore': 'out/\n*.local\n',
  'web/package.json': manifest('node server.js', { express: '4' }),
  'web/server.js': "require('express')().listen(3000);\n",
  'web/routes.js': 'process.env.OLD_NAME;\n',
  'api/go.mod': 'module example.com/api\n',
  'api/main.go': 'package main\n\nfunc main() {}\n',
};

const changes = {
  'web/package.json': manifest('node --import ./otel.mjs server.js', {
    '@opentelemetry/sdk-node': '1',
    express: '4',
  }),
  'web/server.js': "process.env.NEW_NAME;\nrequire('express')().listen(4000);\n",
  'web/a-first.js': 'process.env.FIRST_NAME;\n',
  'web/otel.mjs': '\uFEFFprocess.env.OTHER_NAME;\n',
  'worker/deep/package.json': manifest('node index.js', { bullmq: '5' }),
  'worker/deep/index.js': 'process.env.REDIS_URL;\n',
  'k8s/new/web.yaml': 'apiVersion: v1\nkind: Service\n',
  // Neither is seen, as once they are there.
  'out/made.js': 'process.env.IGNORED_NAME;\n',
  'web/secret.local': 'x',
  'node_modules/x/package.json': '{}',
};

describe('a scan of a project as it is to be', () => {
  it('finds what a scan finds once the files are written', async () => {
    const root = tempFolder();
    write(root, before);
    const now = await scanProject(root, { signal });
    const foreseen = await scanProject(root, { signal, changes: new Map(Object.entries(changes)) });
    expect(await scanProject(root, { signal })).toEqual(now);
    write(root, changes);
    const after = await scanProject(root, { signal });
    const order = ({ ignored, ...rest }: typeof after) => ({
      ...rest,
      ignored: ignored.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    });
    expect(order(foreseen)).toEqual(order(after));
    const web = foreseen.services.find(({ path }) => path === 'web');
    expect(web).toMatchObject({ ports: [4000], metrics: { library: 'opentelemetry' } });
    expect(foreseen.services.map(({ path }) => path)).toContain('worker/deep');
  });

  it('takes the line that an image without a command ends with for no command', async () => {
    const root = tempFolder();
    write(root, {
      'api/go.mod': 'module example.com/api\n',
      'lib/package.json': '{"name":"lib","main":"index.js"}',
      'lib/Dockerfile': `FROM node:22\nCMD ${JSON.stringify(['/bin/sh', '-c', noStart])}\n`,
    });
    const { services } = await scanProject(root, { signal });
    expect(services.map(({ start }) => start)).not.toContain(expect.stringContaining('exit 64'));
    expect(JSON.stringify(services)).not.toContain('exit 64');
  });
});
