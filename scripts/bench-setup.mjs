#!/usr/bin/env node
import { join } from 'node:path';
import { runChild } from './lib/child.mjs';
import { ensurePeers } from './lib/peers.mjs';
import { ensureReady } from './lib/ready.mjs';
import { root } from './lib/root.mjs';
import { runMain } from './lib/stop.mjs';

await runMain(async () => {
  const node = await ensureReady(root, { build: false });
  await ensurePeers(root, node);
  const args = [join(root, 'bench', 'setup.ts')];
  return (await runChild(node, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })).code;
});
