import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from './child.mjs';
import { readStamp, sourcesHash, writeStamp } from './stamp.mjs';
import { Stop } from './stop.mjs';

const stampOf = (/** @type {string} */ root) => join(root, 'out', '.stamp');

/**
 * Whether `out/` was built from the sources as they are now.
 * @param {string} root
 */
export function isBuilt(root) {
  return (
    existsSync(join(root, 'out', 'main', 'cli.js')) &&
    readStamp(stampOf(root))?.hash === sourcesHash(root)
  );
}

/**
 * Builds the app into `out/` and stamps it. Sources that change meanwhile are built again next time.
 * @param {string} root
 * @param {string} node absolute path of the Node to build with
 */
export async function buildApp(root, node) {
  const hash = sourcesHash(root);
  rmSync(stampOf(root), { force: true });
  const tool = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const result = await runChild(node, [tool, 'build'], { cwd: root, deadlineMs: 10 * 60_000 });
  if (result.stopped) throw new Stop('Set-up was interrupted. Run the command again.', 130);
  if (result.code !== 0) {
    throw new Stop(
      `${result.output.trim()}\n\nThe build failed (electron-vite build ended with ${result.code}). The messages above name the file.`,
    );
  }
  writeStamp(stampOf(root), { hash });
}
