import { formatCount } from '#shared/amounts.ts';
import type { Run } from '#shared/run.ts';
import { savingsOf } from '#shared/run-savings.ts';
import { costText, usageOf } from '#shared/run-usage.ts';

/**
 * What models took for a run, in a line: calls, tokens, cost, and the time beside that of the same
 * jobs one after the other. Null where no model was asked.
 */
export function usageText({ jobs }: Pick<Run, 'jobs'>): string | null {
  const usage = usageOf(jobs);
  if (!usage) return null;
  const { calls, cached, repairs, inputTokens, outputTokens } = usage;
  const parts = [
    counted(calls, 'call'),
    ...(cached > 0 ? [`${cached} from the cache`] : []),
    ...(repairs > 0 ? [counted(repairs, 'repair')] : []),
    `${formatCount(inputTokens)} tokens in`,
    `${formatCount(outputTokens)} out`,
    usage.costUsd === 0 && usage.unpriced > 0 ? 'cost unknown' : costText(usage),
  ];
  const savings = savingsOf(jobs);
  const time = savings
    ? `; ${seconds(savings.wallMs)}, one after the other ${seconds(savings.sumMs)}`
    : '';
  return `${parts.join(', ')}${time}.`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
