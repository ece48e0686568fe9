import { expect, test, vi } from 'vitest';
import { WarmUp, type WarmUpOptions, type WarmUpStep } from '#main/acceleration/warm-up/warm-up.ts';
import type { WarmUpProgress } from '#shared/warm-up.ts';

function step(name: string, run: WarmUpStep['run'] = async () => undefined, mb = 10): WarmUpStep {
  return { name, run, memoryMb: () => mb };
}

function warmUp(steps: readonly WarmUpStep[], options: Partial<WarmUpOptions> = {}) {
  const told: WarmUpProgress[] = [];
  const onProgress = (progress: WarmUpProgress) => void told.push(progress);
  return { told, it: new WarmUp({ steps, onProgress, availableMb: () => 4000, ...options }) };
}

test('steps run one after the other and each is told', async () => {
  const order: string[] = [];
  const note = (name: string) =>
    step(name, async () => {
      order.push(`${name} begins`);
      await new Promise(setImmediate);
      order.push(`${name} ends`);
    });
  const { it, told } = warmUp([note('a'), note('b')]);
  expect(it.progress).toMatchObject({ state: 'waiting', done: 0, total: 2 });
  await Promise.all([it.run(), it.run()]);
  expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  expect(told).toEqual([
    { step: 'a', done: 0, total: 2, state: 'running', reason: null },
    { step: 'b', done: 1, total: 2, state: 'running', reason: null },
    { step: null, done: 2, total: 2, state: 'done', reason: null },
  ]);
});

test('a step that fails says why and keeps no other from opening', async () => {
  const missing = async () => {
    throw new Error('The model is not installed. Run: npm start');
  };
  const { it, told } = warmUp([step('a', missing), step('b')]);
  await it.run();
  expect(told.at(-1)).toEqual({
    step: null,
    done: 1,
    total: 2,
    state: 'failed',
    reason: 'The model is not installed. Run: npm start',
  });
});

test('where memory is short a step is skipped with the reason, not begun', async () => {
  const ran = vi.fn(async () => undefined);
  const large = step('model', ran, 3600);
  const { it } = warmUp([step('thread'), large]);
  await it.run();
  expect(ran).not.toHaveBeenCalled();
  expect(it.progress).toMatchObject({ done: 1, total: 2, state: 'skipped' });
  expect(it.progress.reason).toBe(
    'Only 4000 MB of memory are free; the model opens when it is needed.',
  );
});

test('a step that never ends is given up after its time, though it heeds no signal', async () => {
  const { it } = warmUp([step('a', () => new Promise(() => undefined)), step('b')], { stepMs: 20 });
  await it.run();
  expect(it.progress).toMatchObject({ done: 1, state: 'failed' });
  expect(it.progress.reason).toBe('The a did not open within 0.02 s.');
});

test('closing aborts the step under way, begins no other and tells nothing more', async () => {
  let aborted = false;
  const waits = (signal: AbortSignal) =>
    new Promise<void>((_, reject) => {
      signal.addEventListener('abort', () => {
        aborted = true;
        reject(signal.reason);
      });
    });
  const second = vi.fn(async () => undefined);
  const { it, told } = warmUp([step('a', waits), step('b', second)]);
  void it.run();
  await it.dispose();
  expect(aborted).toBe(true);
  expect(second).not.toHaveBeenCalled();
  expect(told.map(({ state }) => state)).toEqual(['running']);
});

test('it begins a moment after the start, once, and not at all when closed before', async () => {
  const run = vi.fn(async () => undefined);
  const count = step('a', run);
  const { it } = warmUp([count], { delayMs: 5 });
  it.start();
  it.start();
  expect(run).not.toHaveBeenCalled();
  await expect.poll(() => it.progress.state).toBe('done');
  expect(run).toHaveBeenCalledTimes(1);
  const { it: closed } = warmUp([count], { delayMs: 1 });
  closed.start();
  await closed.dispose();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(run).toHaveBeenCalledTimes(1);
});
