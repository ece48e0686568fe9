import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AdaptiveBatcher } from '#main/acceleration/batcher/adaptive-batcher.ts';
import type { BatchReport } from '#main/acceleration/batcher/batcher-options.ts';
import { currentTrace, withTrace } from '#main/core/trace.ts';
import { HeldClock, settle } from './held-clock.ts';

/** A function whose batches end when the test says so. */
function held() {
  const calls: { items: readonly number[]; signal: AbortSignal; end: () => void }[] = [];
  const fn = (items: readonly number[], signal: AbortSignal): Promise<readonly number[]> =>
    new Promise((resolve) => {
      calls.push({ items, signal, end: () => resolve(items.map((item) => item * 10)) });
    });
  return { calls, fn };
}
const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

describe('an adaptive batcher', () => {
  it('takes a synchronous and an asynchronous function', async () => {
    const sync = new AdaptiveBatcher<number, number>((items) => items.map((item) => item + 1));
    const async = new AdaptiveBatcher<number, number>(async (items) => items.map((i) => i + 1));
    expect(await sync.run(1)).toBe(2);
    expect(await async.run(1)).toBe(2);
  });

  it('does not wait when idle', async () => {
    const { calls, fn } = held();
    const batcher = new AdaptiveBatcher(fn, {}, { clock: new HeldClock() });
    const answer = batcher.run(4);
    await settle();
    expect(calls.map(({ items }) => items)).toEqual([[4]]);
    calls[0]?.end();
    expect(await answer).toBe(40);
  });

  it('works for the callers of each batch, not for those of the batch before', async () => {
    const seen: (string | null)[] = [];
    const gate = Promise.withResolvers<void>();
    const batcher = new AdaptiveBatcher<number, number>(async (items) => {
      seen.push(currentTrace());
      await gate.promise;
      return items;
    });
    const ids = ['a'.repeat(32), 'b'.repeat(32)] as const;
    const first = withTrace(ids[0], () => batcher.run(0));
    await settle();
    // It waits for the first, so that its batch goes on from that one's end.
    const second = withTrace(ids[1], () => batcher.run(1));
    gate.resolve();
    await Promise.all([first, second]);
    await batcher.run(2);
    expect(seen).toEqual([...ids, null]);
  });

  it('combines calls made together, and those that come meanwhile', async () => {
    const { calls, fn } = held();
    const batcher = new AdaptiveBatcher(fn, {}, { clock: new HeldClock() });
    const answers = range(3).map((item) => batcher.run(item));
    await settle();
    answers.push(...[7, 8].map((item) => batcher.run(item)));
    await settle();
    expect(calls.map(({ items }) => items)).toEqual([[0, 1, 2]]);
    calls[0]?.end();
    await settle();
    expect(calls.map(({ items }) => items)).toEqual([
      [0, 1, 2],
      [7, 8],
    ]);
    calls[1]?.end();
    expect(await Promise.all(answers)).toEqual([0, 10, 20, 70, 80]);
  });

  it('refuses beyond its queue', async () => {
    const { calls, fn } = held();
    const batcher = new AdaptiveBatcher(fn, {}, { maxQueue: 2, clock: new HeldClock() });
    const first = batcher.run(0);
    await settle();
    const waiting = [batcher.run(1), batcher.run(2)];
    await expect(batcher.run(3)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      retryable: true,
      details: { reason: 'queue-full' },
    });
    calls[0]?.end();
    await settle();
    calls[1]?.end();
    expect(await Promise.all([first, ...waiting])).toEqual([0, 10, 20]);
  });

  it('leaves an error with its item', async () => {
    const batcher = new AdaptiveBatcher<number, number>((items) =>
      items.map((item) => (item % 2 ? new RangeError(`odd ${item}`) : item)),
    );
    const settled = await Promise.allSettled(range(4).map((item) => batcher.run(item)));
    expect(settled).toMatchObject([
      { value: 0 },
      { reason: { message: 'odd 1' } },
      { value: 2 },
      { reason: { message: 'odd 3' } },
    ]);
  });

  it.each([
    [
      'throws',
      () => {
        throw new RangeError('whole');
      },
      'whole',
    ],
    ['answers too few', () => [], 'got 0 answers'],
  ])('rejects a whole batch when the function %s, and goes on', async (_, fails, message) => {
    let broken = true;
    const batcher = new AdaptiveBatcher<number, number>((items) => (broken ? fails() : items));
    const settled = await Promise.allSettled([batcher.run(1), batcher.run(2)]);
    for (const each of settled) {
      expect(each).toMatchObject({ reason: { message: expect.stringContaining(message) } });
    }
    broken = false;
    expect(await batcher.run(3)).toBe(3);
  });

  it('leaves out what is cancelled while it waits, and stops a batch that nobody wants', async () => {
    const { calls, fn } = held();
    const batcher = new AdaptiveBatcher(fn, {}, { clock: new HeldClock() });
    const [running, waiting] = [new AbortController(), new AbortController()];
    const first = batcher.run(1, running.signal);
    await settle();
    const dropped = batcher.run(2, waiting.signal);
    const third = batcher.run(3);
    waiting.abort();
    await expect(dropped).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(batcher.queued).toBe(1);
    running.abort();
    await expect(first).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(calls[0]?.signal.aborted).toBe(true);
    await settle();
    expect(calls[1]?.items).toEqual([3]);
    calls[1]?.end();
    expect(await third).toBe(30);
    await expect(batcher.run(4, running.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('gives up a batch that does not end, and goes on', async () => {
    const { calls, fn } = held();
    const clock = new HeldClock();
    const batcher = new AdaptiveBatcher(fn, {}, { clock, timeoutMs: 100 });
    const stuck = expect(batcher.run(1)).rejects.toMatchObject({ code: 'TIMEOUT' });
    await settle();
    const next = batcher.run(2);
    await clock.advance(101);
    await stuck;
    expect(calls[0]?.signal.aborted).toBe(true);
    calls[1]?.end();
    expect(await next).toBe(20);
  });

  it('works on as many batches at once as it has slots, also after a change', async () => {
    const { calls, fn } = held();
    const batcher = new AdaptiveBatcher(fn, { minBatch: 1, maxBatch: 1 }, { slots: 2 });
    const answers = range(4).map((item) => batcher.run(item));
    await settle();
    expect(calls).toHaveLength(2);
    batcher.reconfigure({ slots: 3 });
    await settle();
    expect(calls).toHaveLength(3);
    for (let each = 0; each < 4; each++) {
      calls[each]?.end();
      await settle();
    }
    expect(await Promise.all(answers)).toEqual([0, 10, 20, 30]);
  });

  it('prefers a fuller batch where it is cheaper, while the target leaves time', async () => {
    const clock = new HeldClock();
    const { calls, fn } = held();
    const policy = { targetLatencyMs: 100, minBatch: 8, maxBatch: 8 };
    const batcher = new AdaptiveBatcher(fn, policy, { clock });
    /** A batch takes 10 ms whatever its size; so many items come meanwhile. */
    const round = async (arriving: number): Promise<void> => {
      const running = calls.at(-1);
      for (const item of range(arriving)) void batcher.run(item);
      await clock.advance(10);
      running?.end();
      await settle();
    };
    const burst = async (size: number): Promise<void> => {
      for (const item of range(size)) void batcher.run(item);
      await settle();
      while (batcher.queued > 0) await round(0);
      await round(0);
    };
    for (const size of [1, 2, 4, 8]) await burst(size);
    for (let more = 0; more < 30 && batcher.limit < 8; more++) await burst(8);
    expect(batcher.limit).toBe(8);
    const idle = calls.length;
    void batcher.run(1);
    await settle();
    expect(calls).toHaveLength(idle + 1);
    await round(7);
    expect(calls).toHaveLength(idle + 1);
    void batcher.run(99);
    await settle();
    expect(calls.at(-1)?.items).toHaveLength(8);
    await round(7);
    const lingering = calls.length;
    await clock.advance(50);
    expect(calls).toHaveLength(lingering + 1);
    expect(calls.at(-1)?.items).toHaveLength(7);
  });

  it('reports size, wait and latency of each batch', async () => {
    const clock = new HeldClock();
    const reports: BatchReport[] = [];
    const { calls, fn } = held();
    const batcher = new AdaptiveBatcher(
      fn,
      { targetLatencyMs: 1_000 },
      { clock, onBatch: (report) => reports.push(report) },
    );
    const first = batcher.run(1);
    await settle();
    await clock.advance(1);
    const rest = [batcher.run(2), batcher.run(3)];
    await clock.advance(4);
    calls[0]?.end();
    await settle();
    await clock.advance(3);
    calls[1]?.end();
    await Promise.all([first, ...rest]);
    await settle();
    expect(reports).toMatchObject([
      { size: 1, waitMs: 0, serviceMs: 5, latencyMs: 5, failed: false, queued: 2 },
      { size: 2, waitMs: 4, serviceMs: 3, latencyMs: 7, failed: false, queued: 0 },
    ]);
  });

  it('loses, doubles and mixes up nothing, whatever comes when', async () => {
    const step = fc.oneof(
      fc.record({ type: fc.constant('ask' as const), count: fc.integer({ min: 1, max: 20 }) }),
      fc.record({ type: fc.constant('end' as const), ms: fc.integer({ min: 0, max: 30 }) }),
      fc.record({ type: fc.constant('cancel' as const), which: fc.nat(100) }),
    );
    const policy = fc.record({
      targetLatencyMs: fc.integer({ min: 1, max: 50 }),
      minBatch: fc.integer({ min: 1, max: 8 }),
      maxBatch: fc.integer({ min: 8, max: 16 }),
      step: fc.integer({ min: 1, max: 4 }),
    });
    const slots = fc.integer({ min: 1, max: 3 });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), policy, slots, async (steps, p, s) => {
        const clock = new HeldClock();
        const { calls, fn } = held();
        const batcher = new AdaptiveBatcher(fn, p, { clock, slots: s, maxQueue: 60 });
        const asked: { controller: AbortController; answer: Promise<unknown> }[] = [];
        const cancelledEarly = new Set<number>();
        let ended = 0;
        for (const each of steps) {
          if (each.type === 'ask') {
            for (let i = 0; i < each.count; i++) {
              const controller = new AbortController();
              const answer = batcher.run(asked.length, controller.signal).catch((e) => e.code);
              asked.push({ controller, answer });
            }
          } else if (each.type === 'cancel') {
            const which = each.which % Math.max(1, asked.length);
            if (asked[which] && !calls.some(({ items }) => items.includes(which)))
              cancelledEarly.add(which);
            asked[which]?.controller.abort();
          } else {
            await clock.advance(each.ms);
            calls[ended++]?.end();
            ended = Math.min(ended, calls.length);
          }
          await settle();
          expect(batcher.queued).toBeLessThanOrEqual(60);
        }
        while (ended < calls.length || batcher.queued > 0) {
          await clock.advance(60);
          if (ended < calls.length) calls[ended++]?.end();
          await settle();
        }
        const served = calls.flatMap(({ items }) => items);
        expect(new Set(served).size).toBe(served.length);
        expect(served).toEqual([...served].sort((a, b) => a - b));
        for (const { items } of calls) expect(items.length).toBeLessThanOrEqual(p.maxBatch);
        for (const item of cancelledEarly) expect(served).not.toContain(item);
        for (const [item, { controller, answer }] of asked.entries()) {
          const value = await answer;
          if (value === 'UNAVAILABLE') expect(served).not.toContain(item);
          else if (value === 'CANCELLED') expect(controller.signal.aborted).toBe(true);
          else expect(value).toBe(item * 10);
        }
      }),
      { numRuns: 60 },
    );
  });
});
