import { describe, expect, it } from 'vitest';
import {
  elapsed,
  mostShared,
  progressOf,
  sortJobs,
} from '../../../src/renderer/model/run-progress.ts';
import { job, run } from './samples.ts';

describe('progressOf', () => {
  it('counts each state and what was found', () => {
    const progress = progressOf(
      run({
        jobs: [
          job({ state: 'completed', files: 2, warnings: 3 }),
          job({ state: 'failed', errors: 1 }),
          job({ state: 'running' }),
          job(),
        ],
      }),
    );
    expect(progress).toMatchObject({
      total: 4,
      done: 2,
      share: 0.5,
      files: 2,
      errors: 1,
      warnings: 3,
      counts: { pending: 1, running: 1, completed: 1, failed: 1, cancelled: 0 },
    });
  });

  it('has no share while scanning, and is whole where there was nothing to do', () => {
    expect(progressOf(run({ state: 'scanning' })).share).toBeNull();
    expect(progressOf(run({ state: 'completed' })).share).toBe(1);
  });
});

describe('sortJobs', () => {
  it('puts failures first and keeps the order within a state', () => {
    const jobs = [
      job({ id: 'done', state: 'completed' }),
      job({ id: 'w1' }),
      job({ id: 'bad', state: 'failed' }),
      job({ id: 'w2' }),
      job({ id: 'now', state: 'running' }),
    ];
    expect(sortJobs(jobs).map((one) => one.id)).toEqual(['bad', 'now', 'w1', 'w2', 'done']);
  });
});

describe('elapsed', () => {
  it('runs while going, stands once ended, and is never negative under clock skew', () => {
    expect(elapsed({ startedAt: null, endedAt: null }, 50)).toBeNull();
    expect(elapsed({ startedAt: 10, endedAt: null }, 50)).toBe(40);
    expect(elapsed({ startedAt: 10, endedAt: 30 }, 50)).toBe(20);
    expect(elapsed({ startedAt: 60, endedAt: null }, 50)).toBe(0);
  });
});

it('tells how many jobs shared a request at most, as it really was', () => {
  expect(mostShared([job()])).toBe(0);
  expect(mostShared(['a', 'a', 'b', null].map((chunk) => job({ chunk })))).toBe(2);
});
