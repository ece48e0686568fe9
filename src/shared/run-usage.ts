import { formatUsd } from './amounts.ts';
import type { Job } from './run.ts';

/** What models took for one job. */
export type JobUsage = NonNullable<Job['usage']>;

/** What models took for several jobs; `unpriced` jobs have costs that the sum lacks. */
export type UsageSum = Omit<JobUsage, 'costUsd' | 'waitedMs'> & {
  readonly costUsd: number;
  readonly unpriced: number;
};

/** Adds up what models took for some jobs; null where none was asked. */
export function usageOf(jobs: readonly Pick<Job, 'usage'>[]): UsageSum | null {
  const sum = { calls: 0, cached: 0, inputTokens: 0, outputTokens: 0, repairs: 0 };
  let costUsd = 0;
  let unpriced = 0;
  let any = false;
  for (const { usage } of jobs) {
    if (!usage) continue;
    any = true;
    for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += usage[key];
    if (usage.costUsd === null) unpriced += 1;
    else costUsd += usage.costUsd;
  }
  return any ? { ...sum, costUsd, unpriced } : null;
}

/** What some jobs cost: a part that is unknown is said, never counted as nothing. */
export function costText({ costUsd, unpriced }: UsageSum): string {
  if (unpriced === 0) return formatUsd(costUsd);
  return costUsd === 0 ? 'unknown' : `${formatUsd(costUsd)} + ${unpriced} unpriced`;
}
