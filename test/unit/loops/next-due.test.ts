import { describe, expect, it } from 'vitest';
import { nextDueMs } from '#main/loops/engine/next-due.ts';

const hour = 3_600_000;
const timing = { now: 100 * hour, last: 99.75 * hour, periodMs: hour, upMs: 10 * hour };

describe('when a loop is due', () => {
  it('is a period after its last cycle began', () => {
    expect(nextDueMs(timing)).toBe(0.75 * hour);
    expect(nextDueMs({ ...timing, now: 200 * hour })).toBe(0);
  });

  it('is a moment after a start, for one that was missed or never ran', () => {
    const started = { ...timing, upMs: 0 };
    expect(nextDueMs({ ...started, last: null })).toBe(30_000);
    expect(nextDueMs({ ...started, last: 1 })).toBe(30_000);
    expect(nextDueMs({ ...started, last: null, periodMs: 50 })).toBe(50);
    expect(nextDueMs({ ...started, last: null, upMs: 31_000 })).toBe(0);
  });

  it('is not put off by a clock that was set back, by a minute or by a year', () => {
    expect(nextDueMs({ ...timing, now: timing.last - 60_000 })).toBe(hour);
    const back = { ...timing, now: timing.now - 8_760 * hour };
    expect(nextDueMs(back)).toBe(0);
    expect(nextDueMs({ ...back, upMs: 0 })).toBe(30_000);
  });
});
