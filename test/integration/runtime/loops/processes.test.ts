import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { LoopCycle } from '#shared/loops.ts';
import { found, giveLoops, loopOf } from '#test/support/loops.ts';
import { openOmega } from '#test/support/open-omega.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const quiet = { 'healthMonitor.enabled': false } as const;

/** Another process on the data folder, once it said the word. */
async function other(word: string, dataFolder: string, cycleMs: number, periodMs: number) {
  const args = [join(import.meta.dirname, 'loop-child.ts'), dataFolder];
  const child = spawn(process.execPath, [...args, String(cycleMs), String(periodMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  onTestFinished(() => void child.kill('SIGKILL'));
  for await (const said of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    if (said.includes(word)) break;
  }
  child.stdout.resume();
  return { kill: () => child.kill('SIGKILL') && gone };
}

it('a cycle whose process is killed in the middle keeps the loop till then, and is cut off after', async () => {
  const dataFolder = tempFolder();
  const { kill } = await other('begun', dataFolder, 60_000, 50);
  const { api, runtime } = await openOmega(quiet, { dataFolder });
  giveLoops(runtime, [loopOf('adaptive', async () => found({ results: { second: true } }))]);
  expect((await api.listLoops())[2]).toMatchObject({
    ...{ state: 'running', reason: expect.stringContaining('another Omega') },
  });
  const refused = { code: 'REFUSED', retryable: true };
  await expect(api.executeLoopCycle('adaptive')).rejects.toMatchObject(refused);
  await expect(api.cancelLoopCycle('adaptive')).rejects.toMatchObject({ code: 'REFUSED' });
  await kill();
  expect(await api.executeLoopCycle('adaptive')).toMatchObject({ results: { second: true } });
  const states = (await api.loopHistory('adaptive', 10)).map(({ state }) => state);
  expect(states).toEqual(['succeeded', 'cut-off']);
});

it('two processes that run a loop often never run it at once, and take turns by one period', async () => {
  const dataFolder = tempFolder();
  await Promise.all([1, 2].map(() => other('ready', dataFolder, 20, 40)));
  const { api } = await openOmega(quiet, { dataFolder });
  const ended = async () => {
    const cycles = await api.loopHistory('adaptive', 200);
    return cycles.filter(({ state }) => state === 'succeeded').toReversed();
  };
  await vi.waitFor(async () => expect((await ended()).length).toBeGreaterThan(20), 20_000);
  const cycles = await ended();
  const endOf = ({ startedAt, durationMs }: LoopCycle) => startedAt + (durationMs ?? 0);
  for (const [at, cycle] of cycles.entries()) {
    const before = cycles[at - 1];
    // Rounded to a millisecond, and one period for both, not one each.
    if (before) expect(cycle.startedAt).toBeGreaterThanOrEqual(endOf(before) - 2);
    if (before) expect(cycle.startedAt - before.startedAt).toBeGreaterThanOrEqual(38);
  }
});
