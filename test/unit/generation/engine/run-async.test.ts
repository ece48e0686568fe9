import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { runAsync } from '#main/generation/engine/run-async.ts';

describe('runAsync', () => {
  it('gives what the function gives, and throws what it throws', async () => {
    expect(await runAsync(async () => 4)).toBe(4);
    await expect(runAsync(() => Promise.reject(new RangeError('no')))).rejects.toThrow('no');
  });

  it('ends with TIMEOUT when the time is up, whether or not the function heeds its signal', async () => {
    const heard = Promise.withResolvers<void>();
    const call = runAsync(
      (signal) => {
        signal.addEventListener('abort', () => heard.resolve());
        return new Promise(() => undefined);
      },
      { timeoutMs: 20, what: 'The model' },
    );
    await expect(call).rejects.toMatchObject({
      code: 'TIMEOUT',
      retryable: true,
      message: 'The model took longer than 20 ms; try again.',
    });
    await heard.promise;
  });

  it('does not begin once it is cancelled', async () => {
    let begun = false;
    const call = runAsync(
      async () => {
        begun = true;
      },
      { signal: AbortSignal.abort() },
    );
    await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(begun).toBe(false);
  });

  it('waits for a function that is cancelled, and that is still clearing up', async () => {
    const controller = new AbortController();
    let cleared = false;
    const call = runAsync(
      async (signal) => {
        await setTimeout(5_000, undefined, { signal }).catch(() => undefined);
        await setTimeout(20);
        cleared = true;
      },
      { timeoutMs: 5_000, signal: controller.signal },
    );
    controller.abort();
    await call;
    expect(cleared).toBe(true);
  });
});
