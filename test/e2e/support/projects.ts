import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Writes files, `path: text`, into a new folder and gives the folder back. */
export async function writeProject(
  root: string,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

/** The files of an HTTP server in plain JavaScript, below `folder` (`''` or `services/a/`). */
export function nodeService(name: string, port: number, folder = ''): Record<string, string> {
  const manifest = {
    name,
    version: '1.0.0',
    private: true,
    scripts: { start: 'node server.js' },
    engines: { node: '22.x' },
  };
  const lock = { name, version: '1.0.0', lockfileVersion: 3, packages: { '': manifest } };
  return {
    [`${folder}package.json`]: `${JSON.stringify(manifest, null, 2)}\n`,
    [`${folder}package-lock.json`]: `${JSON.stringify(lock, null, 2)}\n`,
    [`${folder}server.js`]: `const { createServer } = require('node:http');\ncreateServer((_, response) => response.end('ok')).listen(process.env.PORT || ${port});\n`,
  };
}
