import { formatCount } from '#shared/amounts.ts';
import type { Run } from '#shared/run.ts';
import { costText, usageOf } from '#shared/run-usage.ts';
import classes from './run.module.css';

/** What models took for a run, in a row; nothing where none was asked. */
export function UsageFigures({ run }: { readonly run: Run }) {
  const usage = usageOf(run.jobs);
  if (!usage) return null;
  const figures = [
    ['Calls', 'calls', usage.calls, usage.calls.toLocaleString('en')],
    ['From the cache', 'cached', usage.cached, usage.cached.toLocaleString('en')],
    ['Tokens in', 'inputTokens', usage.inputTokens, formatCount(usage.inputTokens)],
    ['Tokens out', 'outputTokens', usage.outputTokens, formatCount(usage.outputTokens)],
    ['Cost', 'costUsd', usage.costUsd, costText(usage)],
    ['Repairs', 'repairs', usage.repairs, usage.repairs.toLocaleString('en')],
  ] as const;
  return (
    <dl className={`${classes.figures} ${classes.usage}`} aria-label="What models took">
      {figures.map(([label, name, value, text]) => (
        <div key={name}>
          <dt>{label}</dt>
          <dd data-run-figure={name} data-value={value}>
            {text}
          </dd>
        </div>
      ))}
    </dl>
  );
}
