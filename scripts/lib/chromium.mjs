import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runChild } from './child.mjs';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const lockWait = ['-o', 'DPkg::Lock::Timeout=60'];
const aptEnv = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };

/**
 * Whether Playwright will find a browser: one of the system's, or one of its own.
 * @param {string} root
 * @param {string} node
 */
export async function hasChromium(root, node) {
  if (candidates.some((path) => existsSync(path))) return true;
  const ask =
    "const {existsSync}=require('node:fs');process.exit(existsSync(require('playwright-core').chromium.executablePath())?0:1)";
  return (await runChild(node, ['-e', ask], { cwd: root, deadlineMs: 20_000 })).code === 0;
}

/**
 * Gets the browser that the end-to-end tests drive, through apt where that needs no password.
 * @param {string} root
 * @param {string} node
 * @returns {Promise<string | null>} null when it is there, else why not and the one command to run
 */
export async function ensureChromium(root, node) {
  if (await hasChromium(root, node)) return null;
  const byHand = onPath('apt-get')
    ? 'sudo apt-get install -y chromium'
    : `"${node}" node_modules/playwright-core/cli.js install chromium`;
  const waiting = (/** @type {string} */ why) =>
    `${why}; the end-to-end tests in a browser wait for: ${byHand}`;
  if (!onPath('apt-get')) return waiting('no Chromium, and this system has no apt');
  const prefix = await asRoot();
  if (prefix === null) return waiting('no Chromium, and installing it needs a password');
  process.stderr.write('set-up: installing chromium through apt …\n');
  await apt(prefix, ['update'], 120_000);
  const install = ['install', '-y', '--no-install-recommends', 'chromium'];
  const { code, output } = await apt(prefix, install, 300_000);
  if (code === 0 && (await hasChromium(root, node))) return null;
  const last = output.trim().split('\n').at(-1) ?? '';
  return waiting(`apt could not install Chromium (${last})`);
}

/** What to put before apt-get: nothing as root, sudo where it asks for no password, else null. */
async function asRoot() {
  if (process.getuid?.() === 0) return [];
  if (!onPath('sudo')) return null;
  const { code } = await runChild('sudo', ['-n', 'true'], { deadlineMs: 10_000 });
  return code === 0 ? ['sudo', '-n', 'DEBIAN_FRONTEND=noninteractive'] : null;
}

/**
 * @param {readonly string[]} prefix
 * @param {readonly string[]} args
 * @param {number} deadlineMs
 */
function apt(prefix, args, deadlineMs) {
  const [command = 'apt-get', ...rest] = [...prefix, 'apt-get', '-q', ...lockWait, ...args];
  return runChild(command, rest, { env: aptEnv, deadlineMs });
}

/**
 * Whether a program of this name is on the PATH.
 * @param {string} name
 */
export function onPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.some((folder) => folder !== '' && existsSync(join(folder, name)));
}
