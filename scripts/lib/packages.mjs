import { rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runChild } from './child.mjs';
import { chooseNode } from './node-binary.mjs';
import { packagesHash, readStamp, writeStamp } from './stamp.mjs';
import { Stop } from './stop.mjs';

const deadlineMs = 20 * 60_000;
const stampOf = (/** @type {string} */ root) => join(root, 'node_modules', '.omega-setup');

/**
 * The Node that the installed packages are for, or null when they are missing or outdated.
 * @param {string} root
 * @returns {string | null} absolute path
 */
export function installedNode(root) {
  const stamp = readStamp(stampOf(root));
  if (stamp === null || stamp.hash !== packagesHash(root)) return null;
  return typeof stamp.node === 'string' ? stamp.node : null;
}

/**
 * Installs exactly what the lockfile says and stamps it.
 * @param {string} root
 * @returns {Promise<string>} the Node to go on with
 */
export async function installPackages(root) {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // `npm run --silent` and production settings of the caller must not reach this install, and npm's
  // warnings of an old Node are about the one that installs, not the one that the app runs on.
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  rmSync(stampOf(root), { force: true });
  const result = await runChild(npm, [...args, '--include=dev', '--include=optional'], {
    cwd: root,
    env: { ...process.env, PATH: pathWithoutModules(root) },
    deadlineMs,
  });
  if (result.stopped) throw new Stop('Set-up was interrupted. Run the command again.', 130);
  if (result.code !== 0) {
    throw new Stop(
      `${result.output.trim()}\n\nThe packages could not be installed (npm ci ${result.timedOut ? 'took more than 20 minutes' : `ended with ${result.code}`}). Check the connection to your npm registry and the messages above, then run the command again.`,
    );
  }
  const node = await chooseNode(root);
  writeStamp(stampOf(root), { hash: packagesHash(root), node });
  return node;
}

/**
 * npm ci removes node_modules, so it must not itself run on the Node in there.
 * @param {string} root
 */
function pathWithoutModules(root) {
  const own = join(root, 'node_modules');
  const parts = (process.env.PATH ?? '').split(delimiter);
  return parts.filter((part) => !part.startsWith(own)).join(delimiter);
}
