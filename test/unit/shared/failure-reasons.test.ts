import { expect, it } from 'vitest';
import { failureReasons } from '#shared/failure-reasons.ts';
import { job } from '../renderer/samples.ts';

it('tells a reason once, with all the jobs that it failed', () => {
  const error = (message: string) => ({ code: 'UNAUTHORIZED', message, retryable: false }) as const;
  const jobs = ['no key', 'another', 'no key'].map((why, at) =>
    job({ id: `${at}`, state: 'failed', error: error(why) }),
  );
  const reasons = failureReasons(jobs);
  expect(reasons.map(({ jobs: alike }) => alike.map(({ id }) => id))).toEqual([['0', '2'], ['1']]);
  expect(reasons[0]?.error?.message).toBe('no key');
});

it('takes sentences for one that differ only in the service and the folder of its file', () => {
  const failed = (service: string, why: string) =>
    job({
      id: service,
      service,
      state: 'failed',
      error: { code: 'INVALID_INPUT', message: why, retryable: false },
    });
  const of = (service: string) =>
    failed(
      service,
      `It cannot go into "${service}": src/${service}/main.go is odd (see https://a.io/b/c).`,
    );
  const reasons = failureReasons([
    of('cart'),
    of('mail'),
    failed('ads', 'It cannot go into "ads".'),
  ]);
  expect(reasons.map(({ error, jobs }) => [error?.message, jobs.length])).toEqual([
    ['It cannot go into these: main.go is odd (see https://a.io/b/c).', 2],
    ['It cannot go into "ads".', 1],
  ]);
});
