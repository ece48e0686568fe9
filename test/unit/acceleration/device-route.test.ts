import { expect, test } from 'vitest';
import { deviceRoute } from '#main/acceleration/devices/device-route.ts';
import { RouteMetrics } from '#main/acceleration/devices/route-metrics.ts';
import { ensureAsyncCallable } from '#main/core/maybe-async/ensure.ts';
import { createMetrics } from '#main/core/metrics/metrics.ts';
import { OmegaError } from '#shared/error.ts';

type Fault = 'memory' | 'driver' | 'died';
const fault = (kind: Fault) =>
  new OmegaError('UNAVAILABLE', kind, { retryable: true, details: { fault: kind } });

/** Doubles numbers and notes what each device was given. */
function twoDevices(gpu: (items: readonly number[]) => Fault | Error | null) {
  const seen: { device: 'cpu' | 'gpu'; items: readonly number[] }[] = [];
  let now = 0;
  let prefer = true;
  const metrics = new RouteMetrics(createMetrics());
  const run = async (items: readonly number[]) => {
    seen.push({ device: 'gpu', items });
    const wrong = gpu(items);
    if (wrong instanceof Error) throw wrong;
    if (wrong !== null) throw fault(wrong);
    return items.map((item) => item * 2);
  };
  const route = deviceRoute<number, number>({
    cpu: async (items) => {
      seen.push({ device: 'cpu', items });
      return items.map((item) => item * 2);
    },
    gpu: () => (prefer ? { device: 'webgpu', run } : null),
    metrics,
    latch: { faults: 2, retryMs: 1000 },
    now: () => now,
  });
  return {
    seen,
    route,
    counters: async () => ({ ...(await metrics.counters()), latched: route.latched() }),
    at: (ms: number) => {
      now = ms;
    },
    prefer: (value: boolean) => {
      prefer = value;
    },
  };
}

test('a batch too big for the GPU is halved until it fits, and keeps its order', async () => {
  const { route, seen, counters } = twoDevices((items) => (items.length > 2 ? 'memory' : null));
  expect(await route.run([1, 2, 3, 4, 5], undefined)).toEqual([2, 4, 6, 8, 10]);
  expect(seen.every(({ device }) => device === 'gpu')).toBe(true);
  expect(await counters()).toMatchObject({ gpu: 3, cpu: 0, splits: 2 });
});

test('a GPU without memory for one item leaves the whole batch to the CPU, tried once', async () => {
  const { route, seen, counters } = twoDevices(() => 'memory');
  expect(await route.run([1, 2, 3, 4], undefined)).toEqual([2, 4, 6, 8]);
  const onCpu = seen.filter(({ device }) => device === 'cpu').flatMap(({ items }) => items);
  expect(onCpu).toEqual([1, 2, 3, 4]);
  expect(seen.filter(({ device }) => device === 'gpu')).toHaveLength(3);
  expect(await counters()).toMatchObject({ gpu: 0, fallbacks: { memory: 1, driver: 0, died: 0 } });
});

test.each(['driver', 'died'] as const)(
  'after a %s fault the CPU takes the batch whole',
  async (kind) => {
    const { route, seen, counters } = twoDevices(() => kind);
    expect(await route.run([1, 2], undefined)).toEqual([2, 4]);
    expect(seen.map(({ device }) => device)).toEqual(['gpu', 'cpu']);
    expect((await counters()).fallbacks[kind]).toBe(1);
  },
);

test('repeated faults latch the GPU; later one call tries it again and brings it back', async () => {
  let broken = true;
  const { route, seen, at, counters } = twoDevices(() => (broken ? 'driver' : null));
  await route.run([1], undefined);
  await route.run([1], undefined);
  expect(await counters()).toMatchObject({ latches: 1, latched: true });
  seen.length = 0;
  await route.run([1], undefined);
  expect(seen.map(({ device }) => device)).toEqual(['cpu']);
  at(1001);
  await route.run([1], undefined);
  expect(await counters()).toMatchObject({ latches: 2, latched: true });
  broken = false;
  at(2002);
  seen.length = 0;
  await route.run([1], undefined);
  await route.run([1], undefined);
  expect(seen.map(({ device }) => device)).toEqual(['gpu', 'gpu']);
  expect((await counters()).latched).toBe(false);
});

test('one success between faults starts the count anew', async () => {
  let calls = 0;
  const { route, counters } = twoDevices(() => (calls++ % 2 === 0 ? 'driver' : null));
  for (let i = 0; i < 6; i += 1) await route.run([1], undefined);
  expect(await counters()).toMatchObject({ gpu: 3, cpu: 3, latches: 0 });
});

test("what is not the device's fault is no reason to compute twice", async () => {
  const { route, seen } = twoDevices(() => new OmegaError('INVALID_INPUT', 'no'));
  await expect(route.run([1], undefined)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  expect(seen).toHaveLength(1);
  await expect(route.run([1], AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(seen).toHaveLength(1);
});

test('a preference that changes takes effect with the next call', async () => {
  const { route, seen, prefer } = twoDevices(() => null);
  await route.run([1], undefined);
  prefer(false);
  await route.run([1], undefined);
  expect(seen.map(({ device }) => device)).toEqual(['gpu', 'cpu']);
});

const double = (items: readonly number[]) => items.map((item) => item * 2);
const outOfMemory = (): readonly number[] => {
  throw fault('memory');
};

test.each([
  ['synchronous', ensureAsyncCallable(double), ensureAsyncCallable(outOfMemory)],
  ['asynchronous', async (items: readonly number[]) => double(items), async () => outOfMemory()],
])('%s implementations: without memory for one item the CPU answers', async (_, cpu, run) => {
  const metrics = new RouteMetrics(createMetrics());
  const gpu = () => ({ device: 'cuda' as const, run });
  const route = deviceRoute<number, number>({ cpu, gpu, metrics });
  expect(await route.run([21], undefined)).toEqual([42]);
  expect(await metrics.counters()).toMatchObject({ gpu: 0, cpu: 1, fallbacks: { memory: 1 } });
});
