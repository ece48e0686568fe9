#!/usr/bin/env node
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runChild } from './lib/child.mjs';
import { isRecent } from './lib/node-binary.mjs';
import { ensureReady } from './lib/ready.mjs';
import { root } from './lib/root.mjs';
import { runMain } from './lib/stop.mjs';

await runMain(async () => {
  const node = await ensureReady(root);
  const cli = join(root, 'out', 'main', 'cli.js');
  // npm runs scripts in the package's folder; relative paths are meant from where the user stood.
  const asked = process.env.npm_lifecycle_event === 'omega' ? process.env.INIT_CWD : undefined;
  if (asked !== undefined) process.chdir(asked);
  if (!isRecent(process.versions.node)) {
    const args = [cli, ...process.argv.slice(2)];
    return (await runChild(node, args, { stdio: 'inherit', sweep: false })).code;
  }
  // A second process would cost 40 ms and a layer of signals: this one becomes the command.
  process.argv[1] = cli;
  await import(pathToFileURL(cli).href);
  return Number(process.exitCode ?? 0);
});
