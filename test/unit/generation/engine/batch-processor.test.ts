import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BatchProcessor } from '#main/generation/engine/batch-processor.ts';

describe('BatchProcessor.processBatch', () => {
  it('gives a result for each item in order, whatever fails, with never more under way than allowed', async () => {
    const sizes = {
      maxConcurrent: fc.integer({ min: 1, max: 6 }),
      batchSize: fc.integer({ min: 1, max: 4 }),
    };
    const items = fc.array(fc.record({ waits: fc.nat(3), fails: fc.boolean() }), { maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(fc.record(sizes), items, async (options, list) => {
        let [active, most] = [0, 0];
        const told = new Set<number>();
        const results = await new BatchProcessor(options).processBatch(
          list,
          async ({ waits, fails }, index) => {
            active += 1;
            most = Math.max(most, active);
            for (let tick = 0; tick < waits; tick += 1) await Promise.resolve();
            active -= 1;
            if (fails) throw new Error(`no ${index}`);
            return index;
          },
          { onResult: (_, index) => told.add(index) },
        );
        expect(most).toBeLessThanOrEqual(options.maxConcurrent);
        expect(told.size).toBe(list.length);
        expect(results.map((result) => (result.ok ? result.data : result.error.message))).toEqual(
          list.map(({ fails }, index) => (fails ? `no ${index}` : index)),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('overlaps: ten items that wait take as long as one where ten may', async () => {
    let [active, most] = [0, 0];
    const gate = Promise.withResolvers<void>();
    const done = new BatchProcessor({ maxConcurrent: 10 }).processBatch(
      [...'0123456789'],
      async () => {
        active += 1;
        most = Math.max(most, active);
        if (active === 10) gate.resolve();
        await gate.promise;
      },
    );
    await done;
    expect(most).toBe(10);
  });

  it('does the items of one batch one after the other', async () => {
    const seen: string[] = [];
    const processor = new BatchProcessor({ maxConcurrent: 2, batchSize: 3 });
    await processor.processBatch([0, 1, 2, 3, 4, 5], async (item) => {
      seen.push(`+${item}`);
      await setTimeout(5);
      seen.push(`-${item}`);
    });
    for (const [before, after] of [
      ['-0', '+1'],
      ['-1', '+2'],
      ['-3', '+4'],
    ] as const) {
      expect(seen.indexOf(before)).toBeLessThan(seen.indexOf(after));
    }
    expect(seen.indexOf('+3')).toBeLessThan(seen.indexOf('-0'));
  });

  it('begins nothing more once it is cancelled, and says so for each item', async () => {
    const controller = new AbortController();
    const begun: number[] = [];
    const results = await new BatchProcessor({ maxConcurrent: 1 }).processBatch(
      [0, 1, 2],
      async (item) => {
        begun.push(item);
        controller.abort();
        return item;
      },
      { signal: controller.signal },
    );
    expect(begun).toEqual([0]);
    expect(results).toMatchObject([
      { ok: true, data: 0 },
      { ok: false, error: { code: 'CANCELLED' } },
      { ok: false, error: { code: 'CANCELLED' } },
    ]);
  });

  it('refuses sizes that would do nothing for ever', () => {
    for (const maxConcurrent of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => new BatchProcessor({ maxConcurrent })).toThrow('whole number');
    }
  });
});
