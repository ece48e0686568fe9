import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BreakerState, Guard, type GuardEvents } from '#main/core/resilience/guard.ts';
import type { GuardPolicy } from '#main/core/resilience/guard-policy.ts';
import { OmegaError } from '#shared/error.ts';
import { defaultGuardPolicy } from '#test/support/guard-policy.ts';

const quick: GuardPolicy = {
  ...defaultGuardPolicy,
  retry: { maxRetries: 2, initialDelayMs: 1, maxDelayMs: 1000, budgetRatio: 1 },
  breaker: { failureShare: 0.5, windowMs: 1000, minimumRps: 2, restMs: 5000, halfOpenCalls: 2 },
  timeoutMs: 100,
};
const fault = new OmegaError('UNAVAILABLE', 'Away.', { retryable: true });
const broken = new OmegaError('INTERNAL', 'Broken.');

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function guard(change: Partial<GuardPolicy> = {}, events: GuardEvents = {}) {
  return new Guard('the store', { ...quick, ...change }, events);
}

/** Settles while the clock runs on; the outcome, never a throw. */
async function outcome<T>(promise: Promise<T>): Promise<T | unknown> {
  const settled = promise.catch((error: unknown) => error);
  await vi.runAllTimersAsync();
  return settled;
}

async function open(one: Guard) {
  for (let count = 0; count < 4; count += 1) {
    await outcome(
      one.run(() => {
        throw broken;
      }),
    );
  }
  expect(one.breaker).toBe('open');
}

describe('a guard', () => {
  it('tries again what may be tried again, and nothing else', async () => {
    const one = guard({ breaker: { ...quick.breaker, minimumRps: 100 } });
    let calls = 0;
    const answer = one.run(() => {
      calls += 1;
      if (calls < 3) throw fault;
      return 'answer';
    });
    expect(await outcome(answer)).toBe('answer');
    calls = 0;
    const wrong = new OmegaError('INVALID_INPUT', 'No.');
    const refused = one.run(() => {
      calls += 1;
      throw wrong;
    });
    expect([await outcome(refused), calls]).toEqual([wrong, 1]);
  });

  it('waits as long as it is asked to', async () => {
    const delays: number[] = [];
    const one = guard({}, { onRetry: (_error, delayMs) => delays.push(delayMs) });
    const busy = new OmegaError('UNAVAILABLE', 'Busy.', {
      retryable: true,
      details: { retryAfterMs: 700 },
    });
    await outcome(
      one.run(() => {
        throw busy;
      }),
    );
    expect(delays).toEqual([700, 700]);
  });

  it('spends no more retries than its budget while everything fails', async () => {
    const one = guard({
      retry: { ...quick.retry, budgetRatio: 0.1 },
      breaker: { ...quick.breaker, failureShare: 0.999, minimumRps: 1e6 },
    });
    let calls = 0;
    for (let count = 0; count < 200; count += 1) {
      await outcome(
        one.run(() => {
          calls += 1;
          throw fault;
        }),
      );
    }
    // 200 first attempts, 10 saved retries and a tenth of 200.
    expect(calls).toBeLessThanOrEqual(200 + 10 + 20);
    expect(calls).toBeGreaterThan(220);
  });

  it('opens on a share of failures, rests, and closes when tries go well', async () => {
    const states: BreakerState[] = [];
    const one = guard({}, { onBreaker: (state) => states.push(state) });
    await open(one);
    let calls = 0;
    const call = () => {
      calls += 1;
      return calls;
    };
    expect(await outcome(one.run(call))).toMatchObject({
      code: 'CIRCUIT_OPEN',
      retryable: true,
      details: { retryAfterMs: 5000 },
    });
    expect(calls).toBe(0);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await outcome(one.run(call))).toBe(1);
    expect(one.breaker).toBe('half-open');
    expect(await outcome(one.run(call))).toBe(2);
    expect(states).toEqual(['open', 'half-open', 'closed']);
  });

  it('is not opened by what the caller did wrong', async () => {
    const one = guard();
    for (let count = 0; count < 20; count += 1) {
      await outcome(
        one.run(() => {
          throw new OmegaError('NOT_FOUND', 'No such thing.');
        }),
      );
    }
    expect(one.breaker).toBe('closed');
  });

  it('never stays half open for tries that were cancelled', async () => {
    const one = guard();
    await open(one);
    await vi.advanceTimersByTimeAsync(5000);
    for (let count = 0; count < 5; count += 1) {
      const controller = new AbortController();
      const attempt = one.run(
        (signal) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () =>
              reject(new OmegaError('CANCELLED', 'Left.', { retryable: true })),
            );
          }),
        controller.signal,
      );
      controller.abort();
      expect(await outcome(attempt)).toMatchObject({ code: 'CANCELLED' });
    }
    expect(await outcome(one.run(() => 'up'))).toBe('up');
    expect(await outcome(one.run(() => 'up'))).toBe('up');
    expect(one.breaker).toBe('closed');
  });

  it('half open lets no more through than it tries, however many come at once', async () => {
    const one = guard();
    await open(one);
    await vi.advanceTimersByTimeAsync(5000);
    const { promise, resolve } = Promise.withResolvers<string>();
    let running = 0;
    const calls = Array.from({ length: 10 }, () =>
      one.run(() => {
        running += 1;
        return promise;
      }),
    );
    await vi.advanceTimersByTimeAsync(10);
    // The reference let all of them be the first.
    expect(running).toBe(2);
    resolve('up');
    expect(new Set(await Promise.all(calls))).toEqual(new Set(['up']));
    expect(one.breaker).toBe('closed');
  });

  it('is not closed by a call that began before it opened', async () => {
    const one = guard();
    const { promise, resolve } = Promise.withResolvers<string>();
    const early = one.run(() => promise);
    await open(one);
    resolve('late');
    expect(await early).toBe('late');
    expect(one.breaker).toBe('open');
  });

  it('ends an attempt after its time, and says so', async () => {
    const one = guard({ retry: { ...quick.retry, maxRetries: 0 } });
    const slow = one.run(
      (signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    );
    expect(await outcome(slow)).toMatchObject({
      code: 'TIMEOUT',
      retryable: true,
      message: 'the store did not answer within 100 ms; try again.',
    });
  });

  it('lets so many run, so many wait, and refuses the rest', async () => {
    const one = guard({ concurrency: 2, queue: 1 });
    const { promise, resolve } = Promise.withResolvers<string>();
    const accepted = [1, 2, 3].map(() => one.run(() => promise));
    expect(one.load).toEqual({ running: 2, waiting: 1 });
    expect(await outcome(one.run(() => promise))).toMatchObject({ code: 'UNAVAILABLE' });
    resolve('done');
    expect(await outcome(Promise.all(accepted))).toEqual(['done', 'done', 'done']);
    expect(one.load).toEqual({ running: 0, waiting: 0 });
  });

  it('lets a caller leave while it waits for its turn or for a retry', async () => {
    const one = guard({ concurrency: 1, queue: 5 });
    const { promise, resolve } = Promise.withResolvers<string>();
    const first = one.run(() => promise);
    const controller = new AbortController();
    const waiting = one.run(() => 'never', controller.signal);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    resolve('done');
    expect(await first).toBe('done');

    const slow = guard({ retry: { ...quick.retry, initialDelayMs: 500, maxDelayMs: 60_000 } });
    const leaving = new AbortController();
    let calls = 0;
    const retried = slow.run(() => {
      calls += 1;
      throw fault;
    }, leaving.signal);
    const settled = expect(retried).rejects.toMatchObject({ code: 'CANCELLED' });
    await vi.advanceTimersByTimeAsync(1);
    leaving.abort();
    await settled;
    await vi.runAllTimersAsync();
    expect(calls).toBe(1);
  });
});
