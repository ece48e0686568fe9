import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packagesHash, sourcesHash, writeStamp } from '../../../scripts/lib/stamp.mjs';

/** The repository under test. */
export const repository = join(import.meta.dirname, '..', '..', '..');

/** Prints where it listens as the browser door does, and says on stdout when it is told to end. */
const server = `
import { createServer } from 'node:http';
const at = process.argv.indexOf('--port');
const port = at < 0 ? 0 : Number(process.argv[at + 1]);
const server = createServer((_, answer) => answer.end('page'));
server.listen(port, '127.0.0.1', () => {
  console.error('why: ' + process.env.OMEGA_WHY);
  console.log('pid ' + process.pid);
  console.log('http://127.0.0.1:' + server.address().port + '/?token=abc');
});
process.on('SIGTERM', () => { console.log('ending'); server.close(); process.exit(7); });
`;

const cli = `
console.log(JSON.stringify({ args: process.argv.slice(2), cwd: process.cwd(), node: process.versions.node }));
process.exitCode = Number(process.env.CLI_CODE ?? 0);
`;

/** A set-up checkout in a temporary folder: the real scripts and stamps, stand-ins for what was built. */
export function makeCheckout(): { readonly root: string; dispose(): void } {
  const root = mkdtempSync(join(tmpdir(), 'omega checkout-'));
  for (const path of ['scripts', 'package.json', 'package-lock.json']) {
    cpSync(join(repository, path), join(root, path), { recursive: true });
  }
  mkdirSync(join(root, 'src'));
  writeFileSync(join(root, 'src', 'a.ts'), 'export {};\n');
  mkdirSync(join(root, 'node_modules'));
  for (const name of ['electron', 'playwright-core']) {
    symlinkSync(join(repository, 'node_modules', name), join(root, 'node_modules', name));
  }
  mkdirSync(join(root, 'out', 'main'), { recursive: true });
  writeFileSync(join(root, 'out', 'main', 'server.js'), server);
  writeFileSync(join(root, 'out', 'main', 'cli.js'), cli);
  writeStamp(join(root, 'node_modules', '.omega-setup'), {
    hash: packagesHash(root),
    node: process.execPath,
  });
  writeStamp(join(root, 'out', '.stamp'), { hash: sourcesHash(root) });
  return { root, dispose: () => rmSync(root, { recursive: true, force: true }) };
}
