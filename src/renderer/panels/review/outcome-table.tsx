import { Badge } from '@mantine/core';
import type { ApplyOutcome, ApplyReport } from '#shared/contract.ts';
import classes from './outcomes.module.css';

type Status = ApplyOutcome['status'];

const colors: Readonly<Record<Status, string>> = {
  written: 'teal',
  unchanged: 'gray',
  skipped: 'gray',
  refused: 'red',
};
const done: Readonly<Record<Status, string>> = {
  written: 'written',
  unchanged: 'unchanged',
  skipped: 'skipped',
  refused: 'refused',
};
const would: Readonly<Record<Status, string>> = { ...done, written: 'will be written' };

type Props = { readonly reports: readonly ApplyReport[]; readonly dryRun?: boolean };

/** What becomes of each file, by project. */
export function OutcomeTable({ reports, dryRun = false }: Props) {
  const names = dryRun ? would : done;
  return (
    <div className={classes.outcomes}>
      {reports.map((report) => (
        <table key={report.root} aria-label={report.root}>
          <caption className="mono">{report.root}</caption>
          <tbody>
            {report.outcomes.map((outcome) => (
              <tr key={outcome.path}>
                <td className="mono">
                  {outcome.path}
                  {outcome.reason && <div className={classes.reason}>{outcome.reason}</div>}
                </td>
                <td>
                  <Badge color={colors[outcome.status]}>{names[outcome.status]}</Badge>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}
