import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ComputeProcess } from '#main/acceleration/compute/compute-process.ts';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import { computeEntry, hasModel, modelsFolder, needsModel } from '#test/support/model.ts';
import { faultyEntry } from './faulty-gpu.ts';

const deadlineMs = 20_000;
const breaker = { limit: 3, windowMs: 60_000, restMs: 30_000, backoffMs: 10 };
let opened: ComputeProcess[] = [];
beforeEach(() => {
  opened = [];
});
afterEach(() => {
  for (const process of opened) process.dispose();
  delete process.env.OMEGA_TEST_FAULT;
});

function open(entry: string, device: 'cpu' | 'webgpu', retries: number, folder = modelsFolder) {
  const options = { modelsFolder: folder, device, slots: 1, threads: 1 };
  const compute = new ComputeProcess({
    spawn: forkCompute(entry),
    open: options,
    retries,
    breaker,
  });
  opened.push(compute);
  return compute;
}

function faultyGpu(mode: string, retries = 0): ComputeProcess {
  process.env.OMEGA_TEST_FAULT = mode;
  return open(faultyEntry, 'webgpu', retries);
}

const died = { code: 'UNAVAILABLE', retryable: true, details: { fault: 'died' } };

test('a native abort is a typed, retryable error, and the next request gets a new process', async () => {
  const compute = faultyGpu('abort');
  await expect(compute.embed(['x'], { deadlineMs })).rejects.toMatchObject(died);
  const probe = 'a service that listens on a port';
  expect((await compute.embed([probe], { deadlineMs })).device).toBe('webgpu');
  expect(compute.deaths).toBe(1);
});

test('a process that dies under a request twice is not tried a third time', async () => {
  const compute = faultyGpu('abort', 1);
  await expect(compute.embed(['x'], { deadlineMs })).rejects.toMatchObject(died);
  expect(compute.deaths).toBe(2);
});

test('one that keeps dying rests, and says for how long', async () => {
  const compute = faultyGpu('abort', 9);
  await expect(compute.embed(['x'], { deadlineMs })).rejects.toMatchObject(died);
  const refused = compute.embed(['x'], { deadlineMs });
  await expect(refused).rejects.toThrow(/rests; try again in \d+ s/);
  expect(compute.deaths).toBe(3);
});

test('a process that does not answer is a time-out; an aborted request ends at once', async () => {
  const compute = faultyGpu('hang');
  await expect(compute.embed(['x'], { deadlineMs: 300 })).rejects.toMatchObject({
    code: 'TIMEOUT',
  });
  // It answered nobody, so it is ended, and the next request gets a new one.
  await expect.poll(() => compute.deaths).toBe(1);
  const controller = new AbortController();
  const waiting = compute.embed(['x'], { signal: controller.signal, deadlineMs });
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
});

test('a process that answers nonsense is ended', async () => {
  await expect(faultyGpu('nonsense').embed(['x'], { deadlineMs })).rejects.toMatchObject(died);
});

test('closing ends the process and what waits for it', async () => {
  const compute = faultyGpu('hang');
  const waiting = compute.embed(['x'], { deadlineMs });
  while (compute.pid === undefined) await sleep(10);
  const { pid } = compute;
  compute.dispose();
  await expect(waiting).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  await expect.poll(() => isAlive(pid)).toBe(false);
});

test('a folder without the model says how to get it', async () => {
  const compute = open(computeEntry, 'cpu', 0, import.meta.dirname);
  await expect(compute.embed(['x'], { deadlineMs })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});

describe.skipIf(!hasModel)(needsModel, () => {
  test('killed with -9 in mid-batch, it starts again and every caller gets the answer', async () => {
    const compute = open(computeEntry, 'cpu', 1);
    const [expected] = await embedAll(compute, 1);
    const waiting = embedAll(compute, 6);
    await sleep(30);
    process.kill(compute.pid ?? 0, 'SIGKILL');
    const answers = await waiting;
    expect(compute.deaths).toBe(1);
    for (const answer of answers) expect(answer.vectors).toEqual(expected?.vectors);
  });

  function embedAll(compute: ComputeProcess, requests: number) {
    const texts = Array.from({ length: 32 }, (_, n) => `the service number ${n} listens on a port`);
    return Promise.all(
      Array.from({ length: requests }, () => compute.embed(texts, { deadlineMs })),
    );
  }
});

function isAlive(pid: number | undefined): boolean {
  try {
    process.kill(pid ?? 0, 0);
    return true;
  } catch {
    return false;
  }
}
