import { ActionIcon, Tooltip } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import type { Job } from '#shared/run.ts';
import { FindingCounts } from '../../components/finding-counts.tsx';
import { StateDot } from '../../components/state-dot.tsx';
import { artifactNames } from '../../model/artifact-names.ts';
import { baseName, formatDuration } from '../../model/format.ts';
import { elapsed } from '../../model/run-progress.ts';
import { JobUsage } from './job-usage.tsx';
import classes from './run.module.css';

type Props = {
  readonly job: Job;
  readonly now: number;
  readonly several: boolean;
  /** Whether the run asks models, so that the row has their cells. */
  readonly asksModels: boolean;
  /** Shows what is sent to a model for a job; absent where none could be meant. */
  readonly onPreview: ((job: Job) => void) | undefined;
};

/** One job. An error takes the place of its findings, whole on hover. */
export function JobRow({ job, now, several, asksModels, onPreview }: Props) {
  const time = elapsed(job, now);
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
      <td className="clip" title={job.error?.message}>
        {job.error ? (
          <span className={classes.bad}>
            {job.error.code}: {job.error.message}
          </span>
        ) : (
          <FindingCounts errors={job.errors} warnings={job.warnings} />
        )}
      </td>
      {asksModels && <JobUsage usage={job.usage} />}
      <td className={classes.right}>{job.files > 0 ? job.files : ''}</td>
      <td className={classes.right}>{time === null ? '' : formatDuration(time)}</td>
      {onPreview && (
        <td className={classes.right}>
          <Tooltip label="Show what will be sent">
            <ActionIcon
              aria-label={`Show what will be sent for ${artifactNames[job.kind]} of ${job.service ?? 'the whole project'}`}
              onClick={() => onPreview(job)}
            >
              <IconEye size={14} />
            </ActionIcon>
          </Tooltip>
        </td>
      )}
    </tr>
  );
}
