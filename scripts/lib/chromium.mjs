import { existsSync } from 'node:fs';
import { aptInstall, onPath } from './apt.mjs';
import { runChild } from './child.mjs';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

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
    `no Chromium, and ${why}; the end-to-end tests in a browser wait for: ${byHand}`;
  const problem = await aptInstall(['chromium']);
  if (problem !== null) return waiting(problem);
  return (await hasChromium(root, node)) ? null : waiting('apt installed none');
}
