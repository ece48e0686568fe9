import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from './child.mjs';
import { Stop } from './stop.mjs';

/** The oldest Node that runs this app: native SQLite and unbuilt TypeScript need it. */
export const minimumNode = '22.18.0';

/**
 * Whether `version` (`24.21.0`) is at least `minimum`.
 * @param {string} version
 * @param {string} [minimum]
 */
export function isRecent(version, minimum = minimumNode) {
  const parts = version.split('.').map(Number);
  const wanted = minimum.split('.').map(Number);
  for (const [index, part] of wanted.entries()) {
    const own = parts[index] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}

/**
 * The Node that comes with the packages, absolute, or null where the platform has none.
 * @param {string} root
 */
export function bundledNode(root) {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const path = join(root, 'node_modules', `node-${system}-${process.arch}`, 'bin', file);
  return existsSync(path) ? path : null;
}

/**
 * Picks the Node that everything after set-up runs on, by running it (a glibc build is installed
 * on musl systems too, and does not start there).
 * @param {string} root
 * @returns {Promise<string>} absolute path
 */
export async function chooseNode(root) {
  const bundled = bundledNode(root);
  if (bundled !== null) {
    const probe = await runChild(bundled, ['--version'], { deadlineMs: 20_000 });
    if (probe.code === 0) return bundled;
  }
  if (isRecent(process.versions.node)) return process.execPath;
  throw new Stop(
    `Omega Studio needs Node ${minimumNode} or newer, this is ${process.versions.node}, and no Node is bundled for ${process.platform}-${process.arch}. Install Node 24 (https://nodejs.org/en/download) and run the command again.`,
  );
}
