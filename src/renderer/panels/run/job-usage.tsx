import { formatCount, formatUsd } from '#shared/amounts.ts';
import type { Job } from '#shared/run.ts';
import { plural } from '../../model/format.ts';
import classes from './run.module.css';

/** Names of the columns that {@link JobUsage} fills. */
export const usageColumns = ['Calls', 'Tokens', 'Cost', 'Repairs'] as const;

/** What models took for a job, as cells of its row. */
export function JobUsage({ usage }: Pick<Job, 'usage'>) {
  if (!usage) return usageColumns.map((name) => <td key={name} />);
  const { calls, cached, inputTokens, outputTokens, costUsd, repairs } = usage;
  return (
    <>
      <td className={classes.right} title={cached > 0 ? `${cached} from the cache` : undefined}>
        {calls}
        {cached > 0 && <span className={classes.dim}>, {cached} kept</span>}
      </td>
      <td className={classes.right} title="Tokens in and out">
        {formatCount(inputTokens)} · {formatCount(outputTokens)}
      </td>
      <td className={classes.right}>{costUsd === null ? 'unknown' : formatUsd(costUsd)}</td>
      <td className={classes.right} title={plural(repairs, 'repair')}>
        {repairs > 0 ? repairs : ''}
      </td>
    </>
  );
}
