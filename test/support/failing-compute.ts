import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import { computeEntry } from './model.ts';
import { tempFolder } from './temp-folder.ts';
import { type WatchedCompute, watchedCompute } from './watched-compute.ts';

/** Real compute processes that can be made to end as soon as they start, killed and held. */
export function failingCompute() {
  const broken = join(tempFolder(), 'broken.mjs');
  writeFileSync(broken, 'process.exit(3);');
  const dies = forkCompute(broken);
  const { spawn, processes } = watchedCompute(computeEntry);
  const state = { dies: false };
  const running = (what: 'vectors' | 'embed'): readonly WatchedCompute[] =>
    processes.filter(({ gone, told }) => !gone && told.some(({ type }) => type === what));
  /** Sends a signal to those that were asked for it; how many there are. */
  const signal = (what: 'vectors' | 'embed', name: NodeJS.Signals): number => {
    const all = running(what);
    for (const { child } of all) process.kill(child.pid ?? 0, name);
    return all.length;
  };
  return { spawn: () => (state.dies ? dies() : spawn()), state, signal, processes };
}
