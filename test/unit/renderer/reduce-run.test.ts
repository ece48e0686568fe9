import { describe, expect, it } from 'vitest';
import type { Run } from '#shared/run.ts';
import { reduceRun } from '../../../src/renderer/model/reduce-run.ts';
import { job, run } from './samples.ts';

const head = (of: Run) => {
  const { jobs: _jobs, ...rest } = of;
  return rest;
};

describe('reduceRun', () => {
  it('takes the last state of each job in a batch and keeps the order', () => {
    const before = run({ jobs: [job({ id: 'a' }), job({ id: 'b' })] });
    const after = reduceRun(before, [
      { type: 'job.updated', job: job({ id: 'b', state: 'running' }) },
      { type: 'job.updated', job: job({ id: 'b', state: 'completed', files: 2 }) },
    ]);
    expect(after.jobs.map((one) => [one.id, one.state])).toEqual([
      ['a', 'pending'],
      ['b', 'completed'],
    ]);
  });

  it('adds jobs that were not known when the run was fetched', () => {
    const after = reduceRun(run({ state: 'scanning' }), [
      { type: 'run.updated', run: head(run({ state: 'running' })) },
      { type: 'job.updated', job: job({ id: 'new' }) },
    ]);
    expect(after.state).toBe('running');
    expect(after.jobs.map((one) => one.id)).toEqual(['new']);
  });

  it('does not lose jobs when only the head of the run changes', () => {
    const before = run({ jobs: [job({ id: 'a' })] });
    const after = reduceRun(before, [
      { type: 'run.updated', run: head(run({ state: 'cancelled', endedAt: 9 })) },
    ]);
    expect(after).toMatchObject({ state: 'cancelled', endedAt: 9, jobs: [{ id: 'a' }] });
  });

  it('gives the same object back for events of other runs, so that nothing renders', () => {
    const before = run({ id: 'mine' });
    const after = reduceRun(before, [
      { type: 'run.updated', run: head(run({ id: 'other' })) },
      { type: 'job.updated', job: job({ runId: 'other' }) },
      { type: 'projects.changed' },
    ]);
    expect(after).toBe(before);
  });
});
