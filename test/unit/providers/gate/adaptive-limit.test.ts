import { describe, expect, it } from 'vitest';
import { AdaptiveLimit } from '#main/providers/gate/adaptive-limit.ts';
import { seeded } from '#test/support/seeded.ts';

/** A provider that takes so many calls at once and refuses the rest at once, asked by rounds of 100 ms. */
function rounds(limit: AdaptiveLimit, takes: number, count: number, restMs = 0): number[] {
  const widths: number[] = [];
  for (let round = 0; round < count; round += 1) {
    const width = limit.allowed;
    widths.push(width);
    const epochs = Array.from({ length: width }, () => limit.began());
    for (const [at, epoch] of epochs.entries()) {
      if (at < takes) limit.answered(epoch, round * 100, 100, 100);
      else limit.refused({ epoch, now: round * 100, restMs, others: 0 });
    }
  }
  return widths;
}

describe('the measured limit', () => {
  it('begins at what the settings allow, follows them, and is never above', () => {
    let most = 3;
    const limit = new AdaptiveLimit(() => most);
    expect(limit.allowed).toBe(3);
    rounds(limit, 100, 10);
    most = 20;
    expect(limit.allowed).toBe(20);
    rounds(limit, 100, 100);
    expect(limit.allowed).toBe(20);
    most = 2;
    expect(limit.allowed).toBe(2);
  });

  it.each([2, 5, 12])('finds what a provider takes within a few rounds: %i of 20', (takes) => {
    const limit = new AdaptiveLimit(() => 20);
    const widths = rounds(limit, takes, 60);
    const settled = widths.slice(10);
    const mean = settled.reduce((sum, one) => sum + one, 0) / settled.length;
    expect(mean).toBeGreaterThan(takes * 0.7);
    expect(mean).toBeLessThan(takes * 1.3 + 0.5);
    expect(Math.max(...settled)).toBeLessThanOrEqual(takes * 1.2 + 1);
  });

  it('does not try again soon at what cost a long rest, and does so in time', () => {
    const limit = new AdaptiveLimit(() => 20);
    const widths = rounds(limit, 5, 300, 2_000);
    const tried = widths.slice(20).filter((width) => width > 5).length;
    expect(tried).toBeGreaterThan(0);
    expect(tried).toBeLessThan(5);
    expect(Math.min(...widths.slice(20))).toBeGreaterThanOrEqual(3);
  });

  it('is up again soon after the provider takes more', () => {
    const limit = new AdaptiveLimit(() => 20);
    rounds(limit, 2, 30);
    expect(limit.allowed).toBeLessThan(5);
    const widths = rounds(limit, 20, 25);
    expect(widths.at(-1)).toBe(20);
  });

  it('is cut to what the provider goes on with, so that one overload finds its capacity', () => {
    const limit = new AdaptiveLimit(() => 20);
    const epochs = Array.from({ length: 20 }, () => limit.began());
    for (const [at, epoch] of epochs.slice(6).entries()) {
      limit.refused({ epoch, now: 0, restMs: 0, others: 19 - at });
    }
    expect(limit.allowed).toBe(6);
  });

  it('takes back a rise that met a long rest, and no call but the refused one rests for it', () => {
    const limit = new AdaptiveLimit(() => 20);
    rounds(limit, 5, 60, 2_000);
    const clean = limit.allowed;
    expect(clean).toBeLessThanOrEqual(5);
    let now = 1e6;
    for (; limit.allowed <= clean; now += 100) limit.answered(limit.began(), now, 100, 100);
    const epoch = limit.began();
    const rests = limit.refused({ epoch, now, restMs: 2_000, others: clean });
    expect(rests).toBe(false);
    expect(limit.allowed).toBe(clean);
    const again = limit.refused({ epoch: limit.began(), now, restMs: 2_000, others: clean - 1 });
    expect(again).toBe(true);
  });

  it('is not where the settings were once they allow far more than was tried', () => {
    let most = 5;
    const limit = new AdaptiveLimit(() => most);
    rounds(limit, 20, 3);
    most = 32;
    const epochs = Array.from({ length: 32 }, () => limit.began());
    for (const [at, epoch] of epochs.slice(20).entries()) {
      limit.refused({ epoch, now: 1_000, restMs: 1_000, others: 31 - at });
    }
    expect(limit.allowed).toBe(20);
  });

  it('takes other failures for calls that were let in', () => {
    const limit = new AdaptiveLimit(() => 20);
    for (let call = 0; call < 400; call += 1) {
      const epoch = limit.began();
      if (call % 4 === 0) limit.refused({ epoch, now: call, restMs: 0, others: 19 });
      else limit.failed(epoch, call);
    }
    expect(limit.allowed).toBe(20);
  });

  it('is cut once for one overload, however many calls it refuses', () => {
    const limit = new AdaptiveLimit(() => 20);
    const epochs = Array.from({ length: 20 }, () => limit.began());
    for (const epoch of epochs) limit.refused({ epoch, now: 0, restMs: 0, others: 0 });
    expect(limit.allowed).toBe(14);
  });

  it.each([1, 2, 3])(
    'stays up where one in eight is refused by chance, which a limit does not cause (%i)',
    (seed) => {
      const random = seeded(seed);
      const limit = new AdaptiveLimit(() => 20);
      let sum = 0;
      for (let call = 0; call < 5_000; call += 1) {
        const epoch = limit.began();
        if (random() < 0.125) limit.refused({ epoch, now: call * 10, restMs: 0, others: 19 });
        else limit.answered(epoch, call * 10, 100, 100);
        sum += limit.allowed;
      }
      expect(sum / 5_000).toBeGreaterThan(14);
    },
  );

  it('is cut where answers take well longer than at their fastest, and is up when they do not', () => {
    const limit = new AdaptiveLimit(() => 20);
    const answers = (ms: number, count: number, from: number) => {
      for (let at = 0; at < count; at += 1) limit.answered(limit.began(), from + at * 20, ms, 100);
    };
    answers(300, 40, 0);
    expect(limit.allowed).toBe(20);
    answers(2_000, 40, 1_000);
    expect(limit.isLate).toBe(true);
    expect(limit.allowed).toBeLessThan(8);
    answers(300, 300, 2_000);
    expect(limit.isLate).toBe(false);
    expect(limit.allowed).toBe(20);
  });

  it('takes long answers for long, and the noise of quick ones for noise', () => {
    const limit = new AdaptiveLimit(() => 20);
    for (let at = 0; at < 50; at += 1) limit.answered(limit.began(), at, 1_000 + 50 * 20, 50);
    for (let at = 0; at < 50; at += 1) limit.answered(limit.began(), at, 1_000 + 2_000 * 20, 2_000);
    expect(limit.allowed).toBe(20);
    const quick = new AdaptiveLimit(() => 20);
    for (let at = 0; at < 50; at += 1) quick.answered(quick.began(), at, at < 25 ? 1 : 50, 10);
    expect(quick.allowed).toBe(20);
  });

  it('says that a bound alone holds it, and rises into wider ones step by step', () => {
    const limit = new AdaptiveLimit(() => 20);
    limit.bounds = { min: 1, max: 5 };
    for (let at = 0; at < 30; at += 1) limit.answered(limit.began(), at, 100, 100);
    expect(limit).toMatchObject({ allowed: 5, isBound: true });
    limit.bounds = { min: 1, max: 20 };
    expect(limit).toMatchObject({ allowed: 5, isBound: false });
  });

  it('moves within bounds that someone else sets', () => {
    const limit = new AdaptiveLimit(() => 20);
    limit.bounds = { min: 4, max: 9 };
    expect(limit.allowed).toBe(9);
    for (let at = 0; at < 100; at += 1)
      limit.refused({ epoch: limit.began(), now: 0, restMs: 0, others: 0 });
    expect(limit.allowed).toBe(4);
    limit.bounds = { min: 30, max: 40 };
    expect(limit.allowed).toBe(20);
  });
});
