import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { runChild } from './child.mjs';
import { readStamp, writeStamp } from './stamp.mjs';

const dayMs = 24 * 3_600_000;
const downloadMs = 5 * 60_000;

/** @typedef {{path: string} | {reason: string}} ElectronState */

/**
 * Electron's program, downloaded on first use. A failure is remembered for a day, so that the
 * starts after it do not wait for the same thing again.
 * @param {string} root
 * @param {string} node
 * @returns {Promise<ElectronState>} where it is, or why there is none
 */
export async function findElectron(root, node) {
  const there = electronPath(root);
  if (there !== null) return { path: there };
  const stampFile = join(root, 'node_modules', '.omega-electron');
  const stamp = readStamp(stampFile);
  if (stamp !== null && typeof stamp.failedAt === 'number' && Date.now() - stamp.failedAt < dayMs) {
    return { reason: `${stamp.reason} (tried in the last 24 hours; delete ${stampFile} to retry)` };
  }
  process.stderr.write('set-up: downloading Electron …\n');
  const problem = (await unreachable()) ?? (await download(root, node));
  const path = electronPath(root);
  if (problem === null && path !== null) return { path };
  const reason = `Electron could not be downloaded: ${problem ?? 'its program is missing afterwards'}`;
  writeStamp(stampFile, { failedAt: Date.now(), reason });
  return { reason };
}

/**
 * @param {string} root
 * @returns {string | null}
 */
function electronPath(root) {
  const folder = join(root, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist');
  const path = join(dist, readFileSync(pathFile, 'utf8'));
  return existsSync(path) ? path : null;
}

/** A quick look whether the download's host answers at all; null when it does or a proxy is set. */
async function unreachable() {
  const proxied = ['https_proxy', 'HTTPS_PROXY', 'ALL_PROXY', 'ELECTRON_GET_USE_PROXY'];
  if (proxied.some((name) => process.env[name])) return null;
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror;
  const url = new URL(mirror ?? 'https://github.com/');
  const port = Number(url.port || (url.protocol === 'http:' ? 80 : 443));
  return new Promise((resolve) => {
    const socket = connect({ host: url.hostname, port, timeout: 5_000 });
    const end = (/** @type {string | null} */ problem) => {
      socket.destroy();
      resolve(problem);
    };
    socket.once('connect', () => end(null));
    socket.once('timeout', () => end(`${url.host} does not answer`));
    socket.once('error', (error) => end(`${url.host} cannot be reached (${error.message})`));
  });
}

/**
 * @param {string} root
 * @param {string} node
 */
async function download(root, node) {
  const script = join(root, 'node_modules', 'electron', 'install.js');
  const { code, output } = await runChild(node, [script], { cwd: root, deadlineMs: downloadMs });
  if (code === 0) return null;
  const message = output.split('\n').find((line) => /error/i.test(line));
  return message?.trim() ?? `its installer ended with ${code}`;
}
