import { expect, it } from 'vitest';
import { ChunkTally } from '#main/generation/engine/chunk-tally.ts';
import type { JobOutcome } from '#main/generation/engine/job-queue.ts';
import { JobTime } from '#main/providers/gate/job-time.ts';
import { pendingJob } from '#test/support/jobs.ts';

const took = (calls: number, tokens: number, costUsd: number) => ({
  ...{ calls, cached: 0, inputTokens: tokens, outputTokens: tokens, costUsd, repairs: 0 },
});
const failed: JobOutcome = {
  state: 'failed',
  error: { code: 'REFUSED', message: 'No file.', retryable: false },
};
const completed = (usage: ReturnType<typeof took>): JobOutcome => ({
  state: 'completed',
  count: { files: 1, errors: 0, warnings: 0, usage },
});
const tokens = (each: number) => ({ inputTokens: each, outputTokens: each });
const job = pendingJob('run', 'p', 0);

it('a job that fails has its part of what no other job took, so that the sum is what was spent', () => {
  const tally = new ChunkTally(new JobTime(() => 0).begin());
  tally.meter.spent(tokens(90), 3);
  // A repair of the first alone.
  tally.meter.spent(tokens(10), 1);
  expect(tally.take(job, completed(took(2, 40, 2)), 3).usage).toEqual(took(2, 40, 2));
  expect(tally.take(job, failed, 2).usage).toEqual(took(0, 30, 1));
  expect(tally.take(job, completed(took(0, 30, 1)), 1).usage).toEqual(took(0, 30, 1));
});

it('what earlier attempts took stays with the job, also of one that waits again', () => {
  const tally = new ChunkTally(new JobTime(() => 0).begin());
  tally.meter.spent(tokens(10), 1);
  const again = { ...job, usage: took(1, 5, 0.5) };
  expect(tally.take(again, { state: 'pending' }, 1).usage).toEqual(took(2, 15, 1.5));
  const idle = new ChunkTally(new JobTime(() => 0).begin());
  expect(idle.take(again, failed, 1).usage).toEqual(took(1, 5, 0.5));
  expect(idle.take(job, failed, 1).usage).toBeNull();
});

it('a price that is unknown makes the cost of a job unknown, not nought', () => {
  const tally = new ChunkTally(new JobTime(() => 0).begin());
  tally.meter.spent(tokens(10), null);
  expect(tally.take(job, failed, 1).usage).toMatchObject({ calls: 1, costUsd: null });
});

it('the time of a chunk is shared out whole: each job has what passed since the one before', () => {
  const clock = { now: 0 };
  const tally = new ChunkTally(new JobTime(() => clock.now).begin());
  clock.now = 70;
  expect(tally.take(job, failed, 2).workMs).toBe(70);
  clock.now = 100;
  expect(tally.take(job, failed, 1).workMs).toBe(30);
});
