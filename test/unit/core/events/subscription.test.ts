import { getEventListeners } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openBus, stored } from './open-bus.ts';

/** The next `count` records of a stream, as [seq, dropped]. */
async function take(
  stream: AsyncIterable<{ readonly seq: number; readonly dropped: number }>,
  count: number,
) {
  const iterator = stream[Symbol.asyncIterator]();
  const taken: (readonly [number, number])[] = [];
  while (taken.length < count) {
    const { done, value } = await iterator.next();
    if (done) break;
    taken.push([value.seq, value.dropped]);
  }
  return taken;
}

describe('a subscription', () => {
  it('waits for what comes, and loses the oldest where its reader is slow, and says how many', async () => {
    const { bus, counted } = openBus();
    const stream = bus.subscribe({ buffer: 2 });
    const first = take(stream, 1);
    bus.emit(stored(1));
    expect(await first).toEqual([[1, 0]]);
    for (let index = 2; index <= 7; index += 1) bus.emit(stored(index));
    const next = take(stream, 3);
    await new Promise(setImmediate);
    bus.emit(stored(8));
    expect(await next).toEqual([
      [6, 4],
      [7, 0],
      [8, 0],
    ]);
    expect(await counted('omega_events_dropped_total')).toEqual({ reader: 4 });
  });

  it('from a number has no gap and no double between what was and what comes', async () => {
    const { bus } = openBus();
    for (let index = 1; index <= 600; index += 1) bus.emit(stored(index));
    // More than the reader's own buffer: replay must not push itself out.
    const stream = bus.subscribe({ from: 101, buffer: 8 });
    const all = await take(stream, 500);
    bus.emit(stored(601));
    expect(all.map(([seq]) => seq)).toEqual(Array.from({ length: 500 }, (_, index) => index + 101));
    expect(all.every(([, dropped]) => dropped === 0)).toBe(true);
    expect(await take(stream, 1)).toEqual([[601, 0]]);
  });

  it('from a number that the ring has lost says how many are missing', async () => {
    const { bus } = openBus({ capacity: 3 });
    for (let index = 1; index <= 10; index += 1) bus.emit(stored(index));
    expect(await take(bus.subscribe({ from: 5 }), 3)).toEqual([
      [8, 3],
      [9, 0],
      [10, 0],
    ]);
    const without = openBus({ capacity: 0 }).bus;
    without.emit(stored(1));
    const stream = without.subscribe({ from: 1 });
    without.emit(stored(2));
    expect(await take(stream, 1)).toEqual([[2, 1]]);
  });

  it('passes what its filter wants', async () => {
    const { bus } = openBus();
    bus.emit({ type: 'system.started' });
    bus.emit(stored(1));
    const stream = bus.subscribe({ from: 1, filter: ['vector.*'] });
    bus.emit({ type: 'system.started' });
    bus.emit(stored(2));
    expect(await take(stream, 2)).toEqual([
      [2, 0],
      [4, 0],
    ]);
  });

  // A reader that hangs, or a listener left on a signal that lives as long as the app, is a leak.
  it('ends by its signal, by break and by dispose, and leaves nothing behind', async () => {
    const { bus, counted } = openBus();
    const controller = new AbortController();
    const { signal } = controller;
    const bySignal = bus.subscribe({ signal, buffer: 1 });
    const byDispose = bus.subscribe({ signal, buffer: 1 });
    const byBreak = bus.subscribe({ signal, buffer: 1, from: 1 });
    const waiting = take(byDispose, 9);
    await byDispose.dispose();
    await byDispose.dispose();
    expect(await waiting).toEqual([]);
    bus.emit(stored(1));
    for await (const _ of byBreak) break;
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    controller.abort();
    expect(await take(bySignal, 9)).toEqual([]);
    expect(await take(bus.subscribe({ signal, from: 1 }), 9)).toEqual([]);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    for (let index = 0; index < 9; index += 1) bus.emit(stored(index));
    expect(await counted('omega_events_dropped_total')).toEqual({});
  });

  it('reads what waits when the bus closes, and then ends', async () => {
    const { bus } = openBus();
    const stream = bus.subscribe();
    bus.emit(stored(1));
    bus.dispose();
    bus.emit(stored(2));
    expect(await take(stream, 9)).toEqual([[1, 0]]);
    expect(await take(bus.subscribe({ from: 1 }), 9)).toEqual([[1, 0]]);
  });

  // Catches any interleaving that loses, doubles, reorders or miscounts a record.
  it('gives an ordered part of what was emitted, and seen plus dropped is all of it', async () => {
    const steps = fc.array(
      fc.oneof(fc.constant('emit'), fc.constant('read'), fc.constant('turn')),
      {
        maxLength: 60,
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 4 }), steps, async (buffer, all) => {
        const { bus, counted } = openBus();
        const stream = bus.subscribe({ buffer });
        const iterator = stream[Symbol.asyncIterator]();
        const seen: { readonly seq: number; readonly dropped: number }[] = [];
        const reads: Promise<unknown>[] = [];
        let emitted = 0;
        for (const step of all) {
          if (step === 'emit') bus.emit(stored(++emitted));
          else if (step === 'turn') await Promise.resolve();
          else {
            reads.push(iterator.next().then(({ done, value }) => done || seen.push(value)));
          }
        }
        bus.dispose();
        await Promise.all(reads);
        for await (const record of stream) seen.push(record);
        let upTo = 0;
        for (const { seq, dropped } of seen) {
          // The gap before each is exactly what it says was dropped.
          expect(seq).toBe(upTo + dropped + 1);
          upTo = seq;
        }
        const { reader: lost = 0 } = await counted('omega_events_dropped_total');
        expect(seen.length + lost).toBe(emitted);
      }),
      { numRuns: 300 },
    );
  });
});
