#!/usr/bin/env node
import { ensureReady } from './lib/ready.mjs';
import { root } from './lib/root.mjs';
import { runMain } from './lib/stop.mjs';

await runMain(async () => {
  await ensureReady(root, { retryModels: true, systemPackages: true });
  return 0;
});
