import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ChunkWork } from '#main/generation/engine/job-queue.ts';
import { pendingJobs } from '#test/support/jobs.ts';
import { one, openQueue } from '#test/support/open-queue.ts';

const runs = fc.array(
  fc.record({
    /** Jobs of each of its projects. */
    projects: fc.array(fc.nat(6), { minLength: 1, maxLength: 4 }),
    own: fc.integer({ min: 1, max: 5 }),
    chunkSize: fc.integer({ min: 1, max: 4 }),
    priority: fc.nat(2),
  }),
  { minLength: 1, maxLength: 4 },
);
/** What somebody does while the queue works. */
const deeds = fc.array(
  fc.record({
    what: fc.constantFrom('limit', 'pause', 'cancel', 'wait'),
    run: fc.nat(3),
    limit: fc.integer({ min: 1, max: 6 }),
  }),
  { maxLength: 12 },
);

it('under any pauses, cancellations and limits no job is lost or done twice, and no limit is passed', async () => {
  // One store for all trials: each has runs of its own.
  const { storage, queue, state, add, drain } = openQueue(3);
  let trial = 0;
  await fc.assert(
    fc.asyncProperty(runs, deeds, fc.infiniteStream(fc.nat(3)), async (plan, acts, waits) => {
      trial += 1;
      state.limit = 3;
      const done = new Map<string, number>();
      let active = 0;
      const problems: string[] = [];
      /** A limit that shrinks keeps those that run: the largest since may still be seen. */
      let largest = state.limit;
      const all = plan.map(({ projects, own, chunkSize, priority }, index) => {
        const id = `t${trial}r${index}`;
        const jobs = projects.flatMap((count, at) => pendingJobs(id, `p${at}`, count));
        add(id, jobs);
        const controller = new AbortController();
        let ofRun = 0;
        const work: ChunkWork = async (chunk, report) => {
          active += 1;
          ofRun += 1;
          if (active > largest) problems.push(`${active} at once, ${largest} allowed`);
          if (ofRun > own) problems.push(`${ofRun} of one run, ${own} allowed`);
          if (chunk.length > chunkSize) problems.push('a chunk is too large');
          if (new Set(chunk.map(({ root }) => root)).size !== 1) problems.push('two projects');
          for (const job of chunk) {
            for (let tick = waits.next().value ?? 0; tick > 0; tick -= 1) await setImmediate();
            done.set(job.id, (done.get(job.id) ?? 0) + 1);
            report(job.id, one);
          }
          active -= 1;
          ofRun -= 1;
        };
        const options = { concurrency: () => own, chunkSize: () => chunkSize, priority };
        const go = () => drain(id, work, { ...options, signal: controller.signal });
        return { id, jobs, controller, go, result: go() };
      });
      for (const { what, run, limit } of acts) {
        const target = all[run % all.length];
        if (what === 'wait') await setImmediate();
        else if (what === 'cancel') target?.controller.abort();
        else if (what === 'pause') queue.pause(target?.id ?? '');
        else {
          largest = Math.max(largest, limit);
          state.limit = limit;
          queue.wake();
        }
      }
      for (const run of all) {
        let result = await run.result;
        while (result === 'paused') result = await run.go();
        const rows = storage.jobs.list(run.id);
        expect(rows.map(({ id }) => id)).toEqual(run.jobs.map(({ id }) => id));
        const wanted = run.controller.signal.aborted ? ['completed', 'cancelled'] : ['completed'];
        for (const job of rows) {
          expect(wanted).toContain(job.state);
          expect(done.get(job.id) ?? 0).toBe(job.state === 'completed' ? 1 : 0);
        }
      }
      expect(problems).toEqual([]);
      expect(active).toBe(0);
    }),
    { numRuns: 60 },
  );
}, 60_000);
