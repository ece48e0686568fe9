import { expect, it } from 'vitest';
import { usageText } from '#main/doors/cli/usage-text.ts';
import type { Job } from '#shared/run.ts';
import { job } from '../../renderer/samples.ts';

const took = (change: Partial<NonNullable<Job['usage']>>) => ({
  ...{ calls: 1, cached: 0, inputTokens: 0, outputTokens: 0, costUsd: 0, repairs: 0 },
  ...change,
});

it('says what models took, and what side by side saved', () => {
  const done = { ...job(), state: 'completed' } as const;
  const jobs = [
    {
      ...done,
      startedAt: 0,
      endedAt: 3_100,
      usage: took({ calls: 5, inputTokens: 17_100, outputTokens: 1_400, costUsd: 0.03 }),
    },
    { ...done, startedAt: 0, endedAt: 3_000, usage: took({ calls: 2, cached: 2 }) },
    { ...done, startedAt: 1_000, endedAt: 3_100, usage: null },
  ];
  expect(usageText({ jobs })).toBe(
    '7 calls, 2 from the cache, 17.1k tokens in, 1.4k out, $0.03; 3.1 s, one after the other 8.2 s.',
  );
});

it('says nothing of the blueprints, and never calls an unknown cost nothing', () => {
  expect(usageText({ jobs: [{ ...job(), usage: null }] })).toBeNull();
  const jobs = [{ ...job(), startedAt: null, endedAt: null, usage: took({ costUsd: null }) }];
  expect(usageText({ jobs })).toBe('1 call, 0 tokens in, 0 out, cost unknown.');
});
