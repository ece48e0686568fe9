import { Text, UnstyledButton } from '@mantine/core';
import type { Run } from '#shared/run.ts';
import { StateDot } from '../components/state-dot.tsx';
import { useNow } from '../hooks/use-now.ts';
import { useCurrentRunId, useRuns } from '../hooks/use-runs.ts';
import { useWorkbench } from '../hooks/workbench-provider.tsx';
import { baseName, formatAgo, plural } from '../model/format.ts';
import { isActive } from '../model/run-progress.ts';
import classes from './recent-runs.module.css';
import { Section } from './section.tsx';

/** The latest runs; a click shows one again. */
export function RecentRuns() {
  const { data } = useRuns();
  const id = useCurrentRunId();
  const { dispatch } = useWorkbench();
  const now = useNow(true, 30_000);
  return (
    <Section title="Recent runs">
      {data?.length === 0 && (
        <Text size="xs" c="dimmed" px={4}>
          Runs that you start are kept here.
        </Text>
      )}
      <ul className={classes.runs} aria-label="Recent runs">
        {data?.slice(0, 8).map((run) => (
          <li key={run.id}>
            <UnstyledButton
              className={classes.run}
              aria-current={run.id === id || undefined}
              onClick={() =>
                dispatch({ type: 'run', id: run.id, tab: isActive(run) ? 'run' : 'review' })
              }
            >
              <StateDot state={run.state} />
              <span className="clip">{nameOf(run)}</span>
              <span className={classes.ago}>{formatAgo(run.createdAt, now)}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function nameOf(run: Run): string {
  const [first, ...rest] = run.request.roots;
  return rest.length === 0 ? baseName(first ?? '') : plural(run.request.roots.length, 'project');
}
