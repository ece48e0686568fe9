import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchPolicy, sizesOf } from '#main/acceleration/batcher/batch-policy.ts';
import { SizeLearner } from '#main/acceleration/batcher/size-learner.ts';
import { WaitingLine } from '#main/acceleration/batcher/waiting-line.ts';

type Kernel = (size: number) => number;
const bestIs1: Kernel = (size) => 0.2 * size * (1 + 0.02 * (size - 1));
const bestIs64: Kernel = (size) => (1 + 0.02 * size) * Math.max(1, size / 64) ** 1.5;

/** Items a millisecond when there is always enough to do. */
function work(learner: SizeLearner, kernel: Kernel, batches: number): number {
  let [items, ms] = [0, 0];
  for (let batch = 0; batch < batches; batch++) {
    const size = learner.limit;
    const took = kernel(size);
    learner.record(size, took);
    items += size;
    ms += took;
  }
  return items / ms;
}

describe('learning the batch size', () => {
  it.each([
    ['1', bestIs1, 1, 10],
    ['64', bestIs64, 64, 10],
    ['the largest', (size: number) => 1 + size / 1_000, 512, 10],
    ['the largest in time', (size: number) => 1 + size / 20, 64, 10],
    ['1, as no other is in time', (size: number) => 20 + size, 1, 10],
  ] as const)('finds that the best is %s', (_, kernel, best, targetLatencyMs) => {
    const learner = new SizeLearner(batchPolicy({ targetLatencyMs }));
    work(learner, kernel, 3_000);
    const rate = work(learner, kernel, 3_000);
    expect(rate / (best / kernel(best))).toBeGreaterThan(0.95);
    expect(rate / (best / kernel(best))).toBeLessThan(1.01);
  });

  it('is near the best after a hundred batches already', () => {
    for (const [kernel, best] of [
      [bestIs1, 1],
      [bestIs64, 64],
    ] as const) {
      const learner = new SizeLearner(batchPolicy());
      work(learner, kernel, 100);
      expect(work(learner, kernel, 100) / (best / kernel(best))).toBeGreaterThan(0.85);
    }
  });

  it('keeps its size while one batch in ten is held up by something else', () => {
    const learner = new SizeLearner(batchPolicy());
    let batch = 0;
    const disturbed: Kernel = (size) => bestIs64(size) + (batch++ % 10 === 0 ? 8 : 0);
    work(learner, disturbed, 500);
    const usual = 64 / (bestIs64(64) + 0.8);
    expect(work(learner, disturbed, 500) / usual).toBeGreaterThan(0.9);
  });

  it('follows a machine that changes, and shrinks at once at a size that is too slow', () => {
    const learner = new SizeLearner(batchPolicy());
    work(learner, bestIs64, 500);
    expect(learner.limit).toBeGreaterThan(32);
    const slow: Kernel = (size) => 2 + size / 10;
    work(learner, slow, 12);
    expect(slow(learner.limit)).toBeLessThanOrEqual(5);
    const fresh = new SizeLearner(batchPolicy());
    fresh.record(64, 40);
    expect(fresh.limit).toBeLessThan(64);
  });

  it('stays within the policy, whatever is measured', () => {
    const record = fc.tuple(
      fc.integer({ min: 1, max: 512 }),
      fc.double({ min: 0, max: 1e4, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(record, { maxLength: 200 }), (records) => {
        const learner = new SizeLearner(batchPolicy());
        for (const [items, ms] of records) {
          learner.record(items, ms);
          expect(learner.limit).toBeGreaterThanOrEqual(1);
          expect(learner.limit).toBeLessThanOrEqual(512);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('a batch policy', () => {
  it('has the documented defaults', () => {
    expect(batchPolicy()).toEqual({ targetLatencyMs: 10, minBatch: 64, maxBatch: 512, step: 32 });
    expect(sizesOf(batchPolicy({ maxBatch: 128 }))).toEqual([1, 2, 4, 8, 16, 32, 64, 96, 128]);
  });

  it.each([
    { minBatch: 0 },
    { targetLatencyMs: Number.NaN },
    { minBatch: 9, maxBatch: 8 },
    { step: 1.5 },
  ])('refuses %o and names the field', (policy) => {
    expect(() => batchPolicy(policy)).toThrow(
      expect.objectContaining({
        code: 'INVALID_INPUT',
        message: expect.stringContaining(Object.keys(policy)[0] ?? ''),
      }),
    );
  });
});

describe('a waiting line', () => {
  it('is a queue from which any may leave', () => {
    const step = fc.oneof(
      fc.constant({ type: 'push' as const }),
      fc.record({ type: fc.constant('drop' as const), which: fc.nat(500) }),
      fc.record({ type: fc.constant('take' as const), count: fc.integer({ min: 1, max: 9 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const line = new WaitingLine<{ readonly id: number; gone: boolean }>();
        let model: { readonly id: number; gone: boolean }[] = [];
        let next = 0;
        for (const each of steps) {
          if (each.type === 'push') {
            const entry = { id: next++, gone: false };
            line.push(entry);
            model.push(entry);
          } else if (each.type === 'drop') {
            const entry = model[each.which];
            if (entry) line.drop(entry);
            model = model.filter((other) => other !== entry);
          } else {
            const expected = model.slice(0, each.count).map(({ id }) => id);
            expect(line.take(each.count).map(({ id }) => id)).toEqual(expected);
            model = model.slice(each.count);
          }
          expect(line.size).toBe(model.length);
          expect(line.first()?.id).toBe(model[0]?.id);
        }
      }),
    );
  });
});
