import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { whileWaiting } from '#main/doors/cli/while-waiting.ts';

function stream(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) > 0 };
}

/** Work that takes so long, and what it comes to. */
function work<T>(ms: number, end: () => T): Promise<T> {
  return new Promise((resolve, reject) =>
    setTimeout(() => {
      try {
        resolve(end());
      } catch (error) {
        reject(error);
      }
    }, ms),
  );
}

describe('what is waited for', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is said after a second, and taken away at the end', async () => {
    const shown = stream(true);
    const done = whileWaiting(
      'Opening',
      work(5000, () => 7),
      shown,
    );
    await vi.advanceTimersByTimeAsync(999);
    expect(shown.written).toEqual([]);
    await vi.advanceTimersByTimeAsync(2);
    expect(shown.written).toEqual(['Opening']);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await done).toBe(7);
    expect(shown.written).toEqual(['Opening', '\r\u001b[2K']);
  });

  it('is not said of what is quick, nor later when that failed', async () => {
    const shown = stream(true);
    const done = whileWaiting(
      'Opening',
      work(10, () => {
        throw new Error('no');
      }),
      shown,
    );
    const fails = expect(done).rejects.toThrow('no');
    await vi.advanceTimersByTimeAsync(5000);
    await fails;
    expect(shown.written).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is kept from files and pipes', async () => {
    const shown = stream(false);
    const done = whileWaiting(
      'Opening',
      work(5000, () => 7),
      shown,
    );
    await vi.advanceTimersByTimeAsync(5000);
    expect(await done).toBe(7);
    expect(shown.written).toEqual([]);
  });
});
