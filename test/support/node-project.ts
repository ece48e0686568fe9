import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempFolder } from './temp-folder.ts';

type Facts = {
  readonly framework?: 'express' | 'koa';
  readonly port?: number;
  readonly manager?: 'npm' | 'yarn';
};

/** A project with one Node.js service that listens on a port and a folder called after it. */
export function nodeProject(
  name: string,
  { framework = 'express', port = 3000, manager = 'npm' }: Facts = {},
): string {
  const root = join(tempFolder(), `team-${name}`);
  mkdirSync(root);
  const manifest = {
    name,
    scripts: { start: 'node server.js' },
    dependencies: { [framework]: '^4' },
    engines: { node: '22' },
  };
  writeFileSync(join(root, 'package.json'), JSON.stringify(manifest));
  const locks = { npm: ['package-lock.json', '{"lockfileVersion":3}'], yarn: ['yarn.lock', '\n'] };
  const [lock = '', text = ''] = locks[manager];
  writeFileSync(join(root, lock), text);
  listenOn(root, port, framework);
  return root;
}

/** Writes the service's source anew, with another port. */
export function listenOn(root: string, port: number, framework = 'express'): void {
  const source = `const app = require('${framework}')();\napp.get('/health', (q, r) => r.send('ok'));\napp.listen(${port});\n`;
  writeFileSync(join(root, 'server.js'), source);
}
