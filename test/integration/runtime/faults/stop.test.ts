import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { OmegaApi } from '#main/runtime/omega-api.ts';
import { failingCompute } from '#test/support/failing-compute.ts';
import { logLines } from '#test/support/log-lines.ts';
import { openApi } from '#test/support/open-api.ts';
import { openRuntime } from '#test/support/open-runtime.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { clustered } from '#test/support/vectors.ts';

const rows = clustered(3_000, 384, 21);
const row = (at: number) => rows.slice(at * 384, (at + 1) * 384);
const memory = (at: number) => ({
  ...{ tier: 'semantic' as const, text: `a memory with number${at}`, embedding: row(at) },
});

async function open(engine: 'auto' | 'usearch' = 'auto') {
  const compute = failingCompute();
  const { runtime, dataFolder } = openRuntime(
    {
      ...{ 'healthMonitor.enabled': false, 'acceleration.device': 'cpu' },
      ...{ 'runtime.stopTimeoutSecs': 0.5, 'acceleration.vectorEngine': engine },
    },
    { acceleration: { spawn: compute.spawn, modelsFolder: join(tempFolder(), 'none') } },
  );
  await runtime.start();
  return { runtime, dataFolder, compute, api: new OmegaApi(runtime) };
}

it('a call that hangs is cancelled when the time of the calls is over; the parts stop after it', async () => {
  const { runtime, compute, api } = await open();
  await api.storeMemory(memory(0));
  await api.queryMemories({ embedding: row(0) });
  expect(compute.signal('vectors', 'SIGSTOP')).toBe(1);
  await api.storeMemory(memory(1));
  const asked = api.queryMemories({ embedding: row(1) });
  const answer = asked.catch((error: unknown) => error);
  const written = api.storeMemory(memory(2));
  const report = await runtime.stop();
  expect(report[0]).toMatchObject({ name: 'calls', outcome: 'timed-out' });
  expect(report.at(-1)).toMatchObject({ name: 'storage', outcome: 'stopped' });
  expect(await answer).toMatchObject({ code: expect.stringMatching(/CANCELLED|UNAVAILABLE/) });
  expect((await written).id).toMatch(/./);
  await expect(api.storeMemory(memory(3))).rejects.toMatchObject({ code: 'NOT_RUNNING' });
  // It may be started again, and has what was answered.
  await runtime.start();
  expect(runtime.storage.memories.find((await written).id)).not.toBeNull();
});

it('a part that hangs is left after its time, and neither the store nor a process is', async () => {
  const { runtime, dataFolder, compute, api } = await open('usearch');
  await api.storeMemories(Array.from({ length: 2_000 }, (_, at) => memory(at)));
  const source = runtime.storage.memories.vectors(384);
  await runtime.acceleration?.vectors?.openOver(source).ready();
  // Its index has more than its file.
  await api.storeMemories(Array.from({ length: 900 }, (_, at) => memory(2_000 + at)));
  await api.queryMemories({ embedding: row(2_500) });
  expect(compute.signal('vectors', 'SIGSTOP')).toBe(1);
  const report = await runtime.stop();
  const outcomes = Object.fromEntries(report.map(({ name, outcome }) => [name, outcome]));
  expect(outcomes).toMatchObject({ embeddings: 'timed-out', calls: 'stopped', storage: 'stopped' });
  expect(report.find(({ name }) => name === 'embeddings')?.error).toMatch(/Stopping embeddings/);
  expect(existsSync(join(dataFolder, 'omega.db-wal'))).toBe(false);
  await expect.poll(() => compute.processes.every(({ gone }) => gone)).toBe(true);
});

it('a part that did not stop in time is a warning of the log', async () => {
  const compute = failingCompute();
  const { api, call, dataFolder } = await openApi({
    env: { OMEGA_DEVICE: 'cpu' },
    acceleration: { spawn: compute.spawn, modelsFolder: join(tempFolder(), 'none') },
  });
  await call('config.set', { 'runtime.stopTimeoutSecs': 0.5 });
  const given = (at: number) => ({ ...memory(at), embedding: [...row(at)] });
  await call('memory.store', given(0));
  await call('memory.query', { embedding: [...row(0)] });
  expect(compute.signal('vectors', 'SIGSTOP')).toBe(1);
  await call('memory.store', given(1));
  // Until it is being taken into the index.
  await sleep(600);
  await api.dispose();
  expect(logLines(dataFolder)).toContainEqual(
    expect.objectContaining({ level: 40, component: 'memory', outcome: 'timed-out' }),
  );
  expect(existsSync(join(dataFolder, 'omega.db-wal'))).toBe(false);
});
