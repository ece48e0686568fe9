import { Text } from '@mantine/core';
import type { UndoReport } from '#shared/review.ts';
import { DiffText } from '../../components/diff-text.tsx';
import { plural } from '../../model/format.ts';
import { countUndone } from '../../model/outcomes.ts';
import classes from './history.module.css';

/** What an undo did; of a file that it left alone, how it differs from what Omega wrote. */
export function UndoOutcome({ report }: { readonly report: UndoReport }) {
  const { undone, refused } = countUndone(report);
  return (
    <section className={classes.outcome} aria-label="What undo did">
      <Text size="sm" fw={600}>
        {plural(undone, 'file')} put back
        {refused > 0 && `, ${plural(refused, 'file')} left alone`}
      </Text>
      {report.outcomes
        .filter((outcome) => outcome.status === 'refused')
        .map((outcome) => (
          <div key={outcome.path}>
            <Text size="sm" mt={8}>
              <span className="mono">{outcome.path}</span> {outcome.reason}
            </Text>
            {outcome.diff !== null && (
              <DiffText diff={outcome.diff} label={`Changes in ${outcome.path}`} />
            )}
          </div>
        ))}
    </section>
  );
}
