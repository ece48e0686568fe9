import { ActionIcon } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { memo } from 'react';
import type { Job } from '#shared/run.ts';
import { FindingCounts } from '../../components/finding-counts.tsx';
import { StateDot } from '../../components/state-dot.tsx';
import { useNow } from '../../hooks/use-now.ts';
import { artifactNames } from '../../model/artifact-names.ts';
import { baseName, formatDuration } from '../../model/format.ts';
import { elapsed } from '../../model/run-progress.ts';
import { JobUsage } from './job-usage.tsx';
import classes from './run.module.css';

type Props = {
  readonly job: Job;
  readonly several: boolean;
  /** Whether the run asks models, so that the row has their cells. */
  readonly asksModels: boolean;
  /** Shows what is sent to a model for a job; absent where none could be meant. */
  readonly onPreview: ((job: Job) => void) | undefined;
};

/** One job. An error takes the place of its findings, whole on hover. Drawn again only where it is another. */
export const JobRow = memo(function JobRow({ job, several, asksModels, onPreview }: Props) {
  return (
    <tr>
      <td>
        <StateDot state={job.state} text />
      </td>
      {several && (
        <td className="clip" title={job.root}>
          {baseName(job.root)}
        </td>
      )}
      <td className="clip" title={job.service ?? undefined}>
        {job.service ?? <span className={classes.dim}>Whole project</span>}
      </td>
      <td>{artifactNames[job.kind]}</td>
      <td
        className="clip"
        title={job.error ? `${job.error.code}: ${job.error.message}` : undefined}
      >
        {job.error ? (
          <span className={classes.bad}>{job.error.message}</span>
        ) : (
          <FindingCounts errors={job.errors} warnings={job.warnings} />
        )}
      </td>
      {asksModels && <JobUsage usage={job.usage} />}
      <td className={classes.right}>{job.files > 0 ? job.files : ''}</td>
      <td className={classes.right}>
        <JobTime job={job} />
      </td>
      {onPreview && (
        <td className={classes.right}>
          <ActionIcon
            title="Show what will be sent"
            aria-label={`Show what will be sent for ${artifactNames[job.kind]} of ${job.service ?? 'the whole project'}`}
            onClick={() => onPreview(job)}
          >
            <IconEye size={14} />
          </ActionIcon>
        </td>
      )}
    </tr>
  );
});

/** How long a job has taken; a clock of its own, so that nothing but it is drawn again. */
function JobTime({ job }: Pick<Props, 'job'>) {
  const now = useNow(job.startedAt !== null && job.endedAt === null, 500);
  const time = elapsed(job, now);
  return time === null ? '' : formatDuration(time);
}
