import { CircuitState } from 'cockatiel';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RollingBreaker } from '#main/core/resilience/rolling-breaker.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const policy = {
  failureShare: 0.5,
  windowMs: 1_000,
  minimumRps: 2,
  restMs: 1,
  halfOpenCalls: 1,
};
const { Closed, HalfOpen } = CircuitState;

describe('a rolling breaker', () => {
  it('does not add up failures that are further apart than its window', () => {
    const one = new RollingBreaker(policy);
    const opened = Array.from({ length: 50 }, () => {
      vi.advanceTimersByTime(3_600_000);
      return one.failure(Closed);
    });
    expect(opened).not.toContain(true);
  });

  it('opens at its share, not before', () => {
    const one = new RollingBreaker({ ...policy, failureShare: 0.5 });
    for (let count = 0; count < 3; count += 1) one.success(Closed);
    expect([one.failure(Closed), one.failure(Closed), one.failure(Closed)]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('forgets what went well as long ago as what failed', () => {
    const one = new RollingBreaker(policy);
    for (let count = 0; count < 100; count += 1) one.success(Closed);
    vi.advanceTimersByTime(500);
    expect([one.failure(Closed), one.failure(Closed)]).toEqual([false, false]);
    vi.advanceTimersByTime(501);
    expect(one.failure(Closed)).toBe(true);
  });

  it('says nothing below its least calls', () => {
    const one = new RollingBreaker({ ...policy, minimumRps: 5 });
    const opened = Array.from({ length: 5 }, () => one.failure(Closed));
    expect(opened).toEqual([false, false, false, false, true]);
  });

  it('with a share of 1 opens where every call fails, and begins anew when it closes', () => {
    const one = new RollingBreaker({ ...policy, failureShare: 1 });
    expect([one.failure(Closed), one.failure(Closed)]).toEqual([false, true]);
    vi.advanceTimersByTime(150);
    one.success(HalfOpen);
    expect([one.failure(Closed), one.failure(Closed)]).toEqual([false, false]);
  });
});
