import { UnstyledButton } from '@mantine/core';
import { IconSquareDot, IconSquarePlus } from '@tabler/icons-react';
import { memo } from 'react';
import type { ProposalSummary } from '#shared/run.ts';
import { FindingCounts } from '../../components/finding-counts.tsx';
import { StateDot } from '../../components/state-dot.tsx';
import { baseName } from '../../model/format.ts';
import { countFindings } from '../../model/review-rows.ts';
import classes from './files.module.css';

type Props = {
  readonly proposal: ProposalSummary;
  readonly current: boolean;
  readonly onPick: (id: string) => void;
};

/** One file of the list: state, name and folder, findings, and whether it is new. */
export const FileRow = memo(function FileRow({ proposal, current, onPick }: Props) {
  const { error, warning } = countFindings(proposal);
  const name = baseName(proposal.path);
  const folder = proposal.path.slice(0, -name.length - 1);
  return (
    <UnstyledButton
      className={classes.file}
      aria-current={current || undefined}
      title={proposal.path}
      data-state={proposal.state}
      onClick={() => onPick(proposal.id)}
    >
      <StateDot state={proposal.state} />
      <span className={classes.fileName}>
        <span className="clip">{name}</span>{' '}
        {folder !== '' && (
          <span className={classes.folder}>
            <bdi>{folder}</bdi>
          </span>
        )}
      </span>
      <FindingCounts errors={error} warnings={warning} />
      {proposal.state === 'unchanged' ? null : !proposal.replaces ? (
        <IconSquarePlus size={14} role="img" aria-label="New file" className={classes.added} />
      ) : (
        <IconSquareDot size={14} role="img" aria-label="Changed file" className={classes.changed} />
      )}
    </UnstyledButton>
  );
});
