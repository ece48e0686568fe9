import { Badge } from '@mantine/core';
import { memo } from 'react';
import type { ApplyOutcome, ApplyReport } from '#shared/review.ts';
import { useGrowing } from '../../hooks/use-growing.ts';
import { outcomeGroups } from '../../model/outcomes.ts';
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
/** Groups of rows that are drawn in one task. */
const step = 2;

type Props = { readonly reports: readonly ApplyReport[]; readonly dryRun?: boolean };

/** What becomes of each file, by project; those that are not written come first. */
export function OutcomeTable({ reports, dryRun = false }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard.
    <section className={classes.outcomes} aria-label="Files" tabIndex={0}>
      {reports.map((report) => (
        <ProjectOutcomes key={report.root} report={report} names={dryRun ? would : done} />
      ))}
    </section>
  );
}

function ProjectOutcomes(props: {
  readonly report: ApplyReport;
  readonly names: Readonly<Record<Status, string>>;
}) {
  const { report, names } = props;
  const groups = outcomeGroups(report.outcomes);
  const drawn = useGrowing(groups.length, step);
  return (
    <table aria-label={report.root}>
      <caption className="mono">{report.root}</caption>
      {groups.slice(0, drawn).map((group) => (
        <OutcomeRows key={group[0]?.path} group={group} names={names} />
      ))}
    </table>
  );
}

const OutcomeRows = memo(function OutcomeRows(props: {
  readonly group: readonly ApplyOutcome[];
  readonly names: Readonly<Record<Status, string>>;
}) {
  return (
    <tbody>
      {props.group.map(({ path, reason, status }) => (
        <tr key={path}>
          <td className="mono">
            {path}
            {reason && <div className={classes.reason}>{reason}</div>}
          </td>
          <td>
            <Badge color={colors[status]}>{props.names[status]}</Badge>
          </td>
        </tr>
      ))}
    </tbody>
  );
});
