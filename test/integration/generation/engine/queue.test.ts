import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { ChunkWork } from '#main/generation/engine/job-queue.ts';
import { OmegaError } from '#shared/error.ts';
import { pendingJobs } from '#test/support/jobs.ts';
import { one, openQueue } from '#test/support/open-queue.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

/** Work that ends when the test opens the gate; `begun` are the chunks in order. */
function gated() {
  const gate = Promise.withResolvers<void>();
  const begun: string[][] = [];
  const work: ChunkWork = async (jobs, report, signal) => {
    begun.push(jobs.map(({ id }) => id));
    await Promise.race([
      gate.promise,
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
    ]);
    for (const { id } of jobs) report(id, one);
  };
  return { work, begun, open: gate.resolve };
}

describe('the queue', () => {
  it('holds its limit over all runs, each run its own, and follows a limit that changes', async () => {
    const { add, drain, queue, state } = openQueue(3);
    const { work, begun, open } = gated();
    let own = 2;
    add('x', pendingJobs('x', 'a', 9));
    add('y', pendingJobs('y', 'b', 9));
    const both = [drain('x', work, { concurrency: () => own }), drain('y', work)];
    await expect.poll(() => begun.length).toBe(3);
    const ofX = () => begun.filter(([id]) => id?.startsWith('x')).length;
    expect(ofX()).toBe(2);
    state.limit = 7;
    queue.wake();
    await expect.poll(() => begun.length).toBe(7);
    expect(ofX()).toBe(2);
    own = 4;
    state.limit = 8;
    queue.wake();
    await expect.poll(() => begun.length).toBe(8);
    expect(ofX()).toBe(3);
    open();
    expect(await Promise.all(both)).toEqual(['done', 'done']);
  });

  it('has each change on its way to the disk before it is told', async () => {
    const folder = tempFolder();
    // A connection of its own sees what is committed, and nothing else.
    const beside = openQueue(1, folder);
    const unkept: string[] = [];
    const { add, drain } = openQueue(4, folder, ({ id, state }) => {
      const row = beside.storage.jobs.list('x').find((job) => job.id === id);
      if (row?.state !== state) unkept.push(`${id} ${state}`);
    });
    add('x', pendingJobs('x', 'a', 50));
    await drain('x', async ([job], report) => report(job?.id ?? '', one));
    expect(unkept).toEqual([]);
    expect(new Set(beside.states('x'))).toEqual(new Set(['completed']));
  });

  it('reports each job of a chunk for itself, while the others still go on', async () => {
    const { add, drain, storage, told } = openQueue(1);
    add('x', pendingJobs('x', 'a', 3));
    const gate = Promise.withResolvers<void>();
    const done = drain(
      'x',
      async ([first, second, third], report) => {
        report(first?.id ?? '', one);
        report(second?.id ?? '', {
          state: 'failed',
          error: { code: 'CIRCUIT_OPEN', message: 'No provider answers.', retryable: true },
        });
        // What is reported twice, or is of nobody, changes nothing.
        report(first?.id ?? '', { state: 'pending' });
        report('nobody', one);
        await gate.promise;
        report(third?.id ?? '', one);
      },
      { chunkSize: () => 5 },
    );
    await expect
      .poll(() => storage.jobs.list('x').map(({ state }) => state))
      .toEqual(['completed', 'failed', 'running']);
    expect(told.at(-1)?.error?.code).toBe('CIRCUIT_OPEN');
    gate.resolve();
    expect(await done).toBe('done');
  });

  it('fails what a chunk leaves out, or what it throws over, and nothing else', async () => {
    const { add, drain, storage } = openQueue(2);
    add('x', pendingJobs('x', 'a', 4));
    let chunk = 0;
    await drain(
      'x',
      async ([first], report) => {
        report(first?.id ?? '', one);
        chunk += 1;
        if (chunk === 2) throw new OmegaError('UNAVAILABLE', 'It went away.');
      },
      { chunkSize: () => 2, concurrency: () => 1 },
    );
    expect(storage.jobs.list('x').map(({ state, error }) => error?.code ?? state)).toEqual([
      'completed',
      'INTERNAL',
      'completed',
      'UNAVAILABLE',
    ]);
  });

  it('ends a chunk when its time is up: what it had reported stays, what it reports then does not count', async () => {
    const { add, drain, storage } = openQueue(1);
    add('x', pendingJobs('x', 'a', 2));
    const late = Promise.withResolvers<void>();
    await drain(
      'x',
      async ([first, second], report) => {
        report(first?.id ?? '', one);
        await setTimeout(80);
        report(second?.id ?? '', one);
        late.resolve();
      },
      { chunkSize: () => 2, timeoutMs: (jobs) => jobs * 15 },
    );
    const ended = () => storage.jobs.list('x').map(({ state, error }) => error?.message ?? state);
    expect(ended()).toEqual(['completed', 'These 2 files took longer than 30 ms; try again.']);
    await late.promise;
    await setTimeout(10);
    expect(ended()[1]).toContain('took longer');
  });

  it('begins nothing once it is cancelled, tells what is under way, and cancels the rest', async () => {
    const { add, drain, told, states } = openQueue(2);
    const { work, begun } = gated();
    add('x', pendingJobs('x', 'a', 5));
    const controller = new AbortController();
    const done = drain('x', work, { signal: controller.signal });
    await expect.poll(() => begun.length).toBe(2);
    controller.abort();
    expect(await done).toBe('done');
    expect(states('x')).toEqual(Array.from({ length: 5 }, () => 'cancelled'));
    // A job that was never begun is never told as running.
    expect(told.filter(({ state }) => state === 'running')).toHaveLength(2);
    expect(told.filter(({ state }) => state === 'cancelled')).toHaveLength(5);
  });

  it('pauses: what is under way ends, the rest waits, and can be gone on with', async () => {
    const { add, drain, queue, states } = openQueue(2);
    const { work, begun, open } = gated();
    add('x', pendingJobs('x', 'a', 6));
    const paused = drain('x', work);
    await expect.poll(() => begun.length).toBe(2);
    queue.pause('x');
    open();
    expect(await paused).toBe('paused');
    expect(states('x')).toEqual([
      'completed',
      'completed',
      'pending',
      'pending',
      'pending',
      'pending',
    ]);
    expect(await drain('x', work)).toBe('done');
    expect(new Set(states('x'))).toEqual(new Set(['completed']));
    expect(begun).toHaveLength(6);
  });

  it('gives a job back as if it had not begun, and begins with it again', async () => {
    const { add, drain, queue, storage } = openQueue(1);
    add('x', pendingJobs('x', 'a', 3));
    let isSpent = true;
    const order: string[] = [];
    const work: ChunkWork = async ([job], report) => {
      order.push(job?.service ?? '');
      if (isSpent && job?.service === 's1') {
        queue.pause('x');
        report(job.id, { state: 'pending' });
      } else report(job?.id ?? '', one);
    };
    expect(await drain('x', work)).toBe('paused');
    expect(
      storage.jobs.list('x').map(({ state, startedAt }) => [state, startedAt !== null]),
    ).toEqual([
      ['completed', true],
      ['pending', false],
      ['pending', false],
    ]);
    isSpent = false;
    expect(await drain('x', work)).toBe('done');
    expect(order).toEqual(['s0', 's1', 's1', 's2']);
  });

  it('that cannot keep its rows rejects, tells of no end that is not kept, and serves other runs', async () => {
    const { add, drain, storage, told } = openQueue(1);
    add('x', pendingJobs('x', 'a', 2));
    add('y', pendingJobs('y', 'b', 2));
    const { jobs } = storage;
    const original = jobs.end.bind(jobs);
    jobs.end = (job, owner) => {
      if (job.runId === 'x') throw new Error('database or disk is full');
      return original(job, owner);
    };
    const work: ChunkWork = async ([job], report) => report(job?.id ?? '', one);
    await expect(drain('x', work)).rejects.toThrow('disk is full');
    expect(told.some(({ runId, state }) => runId === 'x' && state === 'completed')).toBe(false);
    expect(await drain('y', work)).toBe('done');
  });

  it('lets the thread go while work that never waits holds it', async () => {
    const { add, drain } = openQueue(8);
    add('x', pendingJobs('x', 'a', 100));
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 1);
    await drain('x', async ([job], report) => {
      const until = performance.now() + 2;
      while (performance.now() < until);
      report(job?.id ?? '', one);
    });
    clearInterval(timer);
    // 100 jobs hold the thread for 200 ms; without a pause no timer would come in between.
    expect(ticks).toBeGreaterThan(5);
  });
});
