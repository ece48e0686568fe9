import { expect, it } from 'vitest';
import { failureReasons } from '../../../src/renderer/model/failure-reasons.ts';
import { job } from './samples.ts';

it('tells a reason once, with all the jobs that it failed', () => {
  const error = (message: string) => ({ code: 'UNAUTHORIZED', message, retryable: false }) as const;
  const jobs = ['no key', 'another', 'no key'].map((why, at) =>
    job({ id: `${at}`, state: 'failed', error: error(why) }),
  );
  const reasons = failureReasons(jobs);
  expect(reasons.map(({ jobs: alike }) => alike.map(({ id }) => id))).toEqual([['0', '2'], ['1']]);
  expect(reasons[0]?.error?.message).toBe('no key');
});
