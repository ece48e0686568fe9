import { describe, expect, it } from 'vitest';
import { nextDueMs } from '../../../src/main/loops/engine/next-due.ts';

const hour = 3_600_000;
const timing = { now: 100 * hour, last: 99.75 * hour, periodMs: hour, since: 90 * hour };

describe('when a loop is due', () => {
  it('is a period after its last cycle began', () => {
    expect(nextDueMs(timing)).toBe(0.75 * hour);
    expect(nextDueMs({ ...timing, now: 200 * hour })).toBe(0);
  });

  it('is a moment after a start, for one that was missed or never ran', () => {
    const started = { ...timing, since: timing.now };
    expect(nextDueMs({ ...started, last: null })).toBe(30_000);
    expect(nextDueMs({ ...started, last: 1 })).toBe(30_000);
    expect(nextDueMs({ ...started, last: null, periodMs: 50 })).toBe(50);
  });

  it('is a period from now where the clock was set back a year, not a year later', () => {
    expect(nextDueMs({ ...timing, now: timing.now - 8_760 * hour })).toBeLessThanOrEqual(hour);
  });
});
