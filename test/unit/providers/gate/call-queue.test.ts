import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CallQueue } from '#main/providers/gate/call-queue.ts';
import type { ModelProvider } from '#shared/providers.ts';

const never = new AbortController().signal;
const tick = () => new Promise((next) => setImmediate(next));

function open(limits: { limit?: number; mayBegin?: (provider: ModelProvider) => boolean } = {}) {
  const now = { limit: limits.limit ?? 1 };
  const queue = new CallQueue({
    limit: () => now.limit,
    mayBegin: limits.mayBegin ?? (() => true),
    onChange: () => undefined,
  });
  const order: string[] = [];
  const ends: (() => void)[] = [];
  const add = (name: string, turn: Partial<Parameters<CallQueue['acquire']>[0]> = {}) =>
    queue
      .acquire({ provider: 'ollama', priority: 0, project: null, signal: never, ...turn })
      .then((end) => {
        order.push(name);
        ends.push(end);
      });
  /** Ends what runs, one after the other, until nothing does. */
  const drain = async () => {
    for (await tick(); ends.length > 0; await tick()) ends.shift()?.();
    return order.join(' ');
  };
  return { queue, add, drain, now, order, ends };
}

describe('the queue of calls', () => {
  it('serves projects in turn, each in its order, so that a large one does not keep a small one', async () => {
    const { add, drain } = open();
    for (const name of ['a1', 'a2', 'a3', 'a4', 'a5']) void add(name, { project: 'a' });
    for (const name of ['b1', 'b2']) void add(name, { project: 'b' });
    void add('c1', { project: 'c' });
    expect(await drain()).toBe('a1 a2 b1 c1 a3 b2 a4 a5');
  });

  it('serves the highest priority first', async () => {
    const { add, drain } = open();
    void add('first');
    void add('low', { priority: -1 });
    void add('usual');
    void add('high', { priority: 5 });
    expect(await drain()).toBe('first high usual low');
  });

  it('lets nobody wait behind a provider that takes nothing now', async () => {
    let rests = true;
    const { add, drain, queue } = open({ mayBegin: (id) => id !== 'openai' || !rests });
    void add('rests', { provider: 'openai', priority: 9 });
    void add('goes');
    expect(await drain()).toBe('goes');
    rests = false;
    queue.wake();
    expect(await drain()).toBe('goes rests');
  });

  it('takes up a limit that is changed while calls wait', async () => {
    const { add, queue, now, ends } = open({ limit: 1 });
    for (let at = 0; at < 10; at += 1) void add(`${at}`);
    await tick();
    expect([queue.inFlight, queue.queued]).toEqual([1, 9]);
    now.limit = 4;
    queue.wake();
    await tick();
    expect([queue.inFlight, queue.queued]).toEqual([4, 6]);
    now.limit = 2;
    for (const end of ends.splice(0, 3)) end();
    await tick();
    expect([queue.inFlight, queue.queued]).toEqual([2, 5]);
  });

  it('forgets who leaves, and counts an end once', async () => {
    const { add, queue, ends } = open();
    const leaving = new AbortController();
    void add('first');
    const left = add('left', { signal: leaving.signal });
    leaving.abort();
    await expect(left).rejects.toMatchObject({ code: 'CANCELLED' });
    expect([queue.inFlight, queue.queued]).toEqual([1, 0]);
    await tick();
    ends[0]?.();
    ends[0]?.();
    expect(queue.inFlight).toBe(0);
    await expect(add('late', { signal: leaving.signal })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });

  it('serves everybody once, never above its limit, and the turns of two projects differ by one', async () => {
    const turn = fc.record({ project: fc.constantFrom('a', 'b', 'c'), priority: fc.nat(1) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(turn, { maxLength: 30 }),
        fc.integer({ min: 1, max: 4 }),
        async (turns, limit) => {
          const { add, drain, queue, order } = open({ limit });
          for (const [at, one] of turns.entries()) {
            void add(`${one.project}${one.priority}-${at}`, one);
            expect(queue.inFlight).toBeLessThanOrEqual(limit);
          }
          await drain();
          expect(order).toHaveLength(turns.length);
          expect(new Set(order).size).toBe(turns.length);
          // Of those that waited: while two projects both had calls left, neither got two in a row.
          const waited = order.slice(limit).filter((name) => name[1] === '1');
          for (const [at, name] of waited.entries()) {
            const next = waited[at + 1];
            if (next === undefined || next[0] !== name[0]) continue;
            const others = waited.slice(at + 1).filter((each) => each[0] !== name[0]);
            expect(others).toEqual([]);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
