import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { blocking } from '#main/core/maybe-async/blocking.ts';
import { ThreadPool, type ThreadPoolOptions } from '#main/core/maybe-async/thread-pool.ts';
import { currentTrace, withTrace } from '#main/core/trace.ts';

type Work = typeof import('./thread-work.ts');
const url = new URL('./thread-work.ts', import.meta.url);
const add = blocking<Work, 'add'>(url, 'add');
const addLater = blocking<Work, 'addLater'>(url, 'addLater');
const spin = blocking<Work, 'spin'>(url, 'spin');
const spinForever = blocking<Work, 'spinForever'>(url, 'spinForever');
const refuse = blocking<Work, 'refuse'>(url, 'refuse');
const fail = blocking<Work, 'fail'>(url, 'fail');
const die = blocking<Work, 'die'>(url, 'die');
const exhaust = blocking<Work, 'exhaust'>(url, 'exhaust');
const traceOf = blocking<Work, 'traceOf'>(url, 'traceOf');
const answerFunction = blocking<Work, 'answerFunction'>(url, 'answerFunction');

const pools: ThreadPool[] = [];
function open(options: ThreadPoolOptions = {}): ThreadPool {
  const pool = new ThreadPool({ threads: 1, ...options });
  pools.push(pool);
  return pool;
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.dispose()));
});

describe('a pool of threads', () => {
  it('runs synchronous and asynchronous functions', async () => {
    const pool = open();
    await expect(pool.run(add, [1, 2])).resolves.toBe(3);
    await expect(pool.run(addLater, [3, 4])).resolves.toBe(7);
    expect(pool.pending).toBe(0);
  });

  it('takes the trace of each call along, and of none into the next', async () => {
    const pool = open();
    const traced = () => withTrace(null, async () => [await pool.run(traceOf, []), currentTrace()]);
    const [[there, here], [there2, here2], nobody] = await Promise.all([
      traced(),
      traced(),
      pool.run(traceOf, []),
    ]);
    expect(there).toMatch(/^[0-9a-f]{32}$/);
    expect([there, there2, nobody]).toEqual([here, here2, null]);
    expect(there).not.toBe(there2);
  });

  it('leaves the caller free while a thread is held', async () => {
    const pool = open();
    await pool.run(add, [0, 0]);
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    await pool.run(spin, [200, null]);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(5);
  });

  it('answers every one of many calls with its own answer, whatever the order', async () => {
    const pool = open({ threads: 2 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer(), { maxLength: 30 }), async (values) => {
        const answers = await Promise.all(values.map((value) => pool.run(add, [value, 1])));
        expect(answers).toEqual(values.map((value) => value + 1));
      }),
      { numRuns: 20 },
    );
  });

  it('passes errors on, with their code and details', async () => {
    const pool = open();
    await expect(pool.run(refuse, ['that'])).rejects.toMatchObject({
      code: 'REFUSED',
      message: 'Not that.',
      details: { what: 'that' },
    });
    await expect(pool.run(fail, [])).rejects.toMatchObject({
      code: 'INTERNAL',
      message: 'out of range',
    });
  });

  it('says what cannot cross between threads, both ways', async () => {
    const pool = open();
    const hostile = (() => 1) as unknown as number;
    await expect(pool.run(add, [hostile, 1])).rejects.toMatchObject({
      code: 'INTERNAL',
      message: expect.stringContaining('cannot go to another thread'),
    });
    await expect(pool.run(answerFunction, [])).rejects.toMatchObject({ code: 'INTERNAL' });
    await expect(pool.run(add, [1, 1])).resolves.toBe(2);
  });

  it('refuses an export that is no function, and a module that is not there', async () => {
    const pool = open();
    const constant = { module: url.href, name: 'constant' };
    await expect(pool.run(constant, [])).rejects.toMatchObject({ code: 'INTERNAL' });
    const absent = { module: new URL('./absent.ts', import.meta.url).href, name: 'add' };
    await expect(pool.run(absent, [])).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('refuses beyond its queue, with an error that may be tried again', async () => {
    const pool = open({ maxQueue: 2 });
    const held = [1, 2, 3].map((value) => pool.run(spin, [100, value]));
    await expect(pool.run(add, [1, 1])).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      retryable: true,
      details: { reason: 'queue-full' },
    });
    await expect(Promise.all(held)).resolves.toEqual([1, 2, 3]);
    await expect(pool.run(add, [1, 1])).resolves.toBe(2);
  });

  it('ends a call that runs too long, and goes on with what waited behind it', async () => {
    const pool = open({ timeoutMs: 150 });
    const late = pool.run(spinForever, []);
    const behind = [pool.run(add, [1, 1]), pool.run(add, [2, 2])];
    await expect(late).rejects.toMatchObject({ code: 'TIMEOUT' });
    await expect(Promise.all(behind)).resolves.toEqual([2, 4]);
  });

  it('counts only the time that a call runs, not what it waits', async () => {
    const pool = open({ timeoutMs: 400 });
    const calls = [1, 2, 3, 4].map((value) => pool.run(spin, [150, value]));
    await expect(Promise.all(calls)).resolves.toEqual([1, 2, 3, 4]);
  });

  it('ends a call that waits too long for a thread', async () => {
    const pool = open({ maxWaitMs: 600 });
    // On a loaded machine the thread itself takes longer to start than a call may wait.
    await vi.waitFor(() => pool.run(add, [0, 0]), { timeout: 30_000 });
    const held = pool.run(spin, [1_200, 1]);
    await expect(pool.run(add, [1, 1])).rejects.toMatchObject({ code: 'TIMEOUT' });
    await expect(held).resolves.toBe(1);
  });

  it('cancels what runs and what waits', async () => {
    const pool = open();
    const running = new AbortController();
    const waiting = new AbortController();
    const first = pool.run(spinForever, [], { signal: running.signal });
    const second = pool.run(add, [1, 1], { signal: waiting.signal });
    const third = pool.run(add, [2, 2]);
    await sleep(100);
    waiting.abort();
    await expect(second).rejects.toMatchObject({ code: 'CANCELLED' });
    running.abort();
    await expect(first).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(third).resolves.toBe(4);
    const late = pool.run(add, [1, 1], { signal: running.signal });
    await expect(late).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('replaces a thread that dies, and gives its queue to the next', async () => {
    const pool = open();
    const calls = [pool.run(add, [1, 1]), pool.run(die, [3]), pool.run(add, [2, 2])];
    const [before, dead, behind] = await Promise.allSettled(calls);
    expect(before).toMatchObject({ status: 'fulfilled', value: 2 });
    expect(dead).toMatchObject({
      reason: { code: 'UNAVAILABLE', retryable: true, details: { reason: 'thread-died' } },
    });
    expect(behind).toMatchObject({ status: 'fulfilled', value: 4 });
    for (let round = 0; round < 5; round++) {
      await expect(pool.run(die, [0])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    }
    await expect(pool.run(add, [5, 5])).resolves.toBe(10);
    expect(pool.threads).toBe(1);
  });

  it('survives a call that fills the memory', async () => {
    const pool = open({ heapMb: 32 });
    await expect(pool.run(exhaust, [])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(pool.run(add, [1, 1])).resolves.toBe(2);
  });

  it('rejects what is under way when it is closed, and what comes after', async () => {
    const pool = open();
    const held = pool.run(spinForever, []);
    const caught = expect(held).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await sleep(50);
    await pool.dispose();
    await caught;
    await expect(pool.run(add, [1, 1])).rejects.toMatchObject({
      details: { reason: 'closed' },
    });
  });
});
