#!/usr/bin/env node
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runChild } from './lib/child.mjs';
import { noDisplayReason } from './lib/display.mjs';
import { findElectron } from './lib/electron.mjs';
import { openBrowser } from './lib/open-browser.mjs';
import { parseStart, startUsage } from './lib/options.mjs';
import { watchNpm } from './lib/parent.mjs';
import { ensureReady } from './lib/ready.mjs';
import { root } from './lib/root.mjs';
import { runMain } from './lib/stop.mjs';

/** A window that ends badly this soon never opened (missing libraries, no sandbox). */
const stillbornMs = 10_000;

await runMain(async () => {
  const options = parseStart(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(`${startUsage}\n`);
    return 0;
  }
  watchNpm(() => process.kill(process.pid, 'SIGTERM'));
  const node = await ensureReady(root);
  const window = await findWindow(node, options);
  if ('reason' in window) return serve(node, options, window.reason);
  const start = Date.now();
  // No sweep: a browser that the window opened for a link belongs to the user.
  const { code, stopped } = await runChild(window.path, [root], {
    stdio: ['ignore', 'inherit', 'inherit'],
    sweep: false,
  });
  const stillborn = code !== 0 && !stopped && Date.now() - start < stillbornMs;
  return stillborn ? serve(node, options, `the window ended at once with code ${code}`) : code;
});

/**
 * @param {string} node
 * @param {import('./lib/options.mjs').StartOptions} options
 * @returns {Promise<import('./lib/electron.mjs').ElectronState>}
 */
async function findWindow(node, options) {
  if (!options.open) return { reason: 'it was started with --no-open' };
  if (options.port !== null) return { reason: 'it was started with --port' };
  const noDisplay = noDisplayReason();
  if (noDisplay !== null) return { reason: noDisplay };
  if (process.getuid?.() === 0) {
    return { reason: 'Electron keeps its sandbox only for users other than root' };
  }
  return findElectron(root, node);
}

/**
 * Runs the browser door until it ends.
 * @param {string} node
 * @param {import('./lib/options.mjs').StartOptions} options
 * @param {string} why why there is no window
 */
async function serve(node, options, why) {
  let open = options.open && noDisplayReason() === null && !process.env.CI;
  const tether = pathToFileURL(join(root, 'scripts', 'lib', 'tether.mjs')).href;
  const server = join(root, 'out', 'main', 'server.js');
  const port = options.port === null ? [] : ['--port', String(options.port)];
  let head = '';
  const { code } = await runChild(node, [`--import=${tether}`, server, ...port], {
    env: { ...process.env, OMEGA_WHY: `Omega Studio is served to the browser: ${why}.` },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    onStdout: (chunk) => {
      process.stdout.write(chunk);
      if (!open) return;
      head += chunk;
      const url = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+(?=\s)/.exec(head);
      if (url === null) return;
      open = false;
      openBrowser(url[0]);
    },
  });
  return code;
}
