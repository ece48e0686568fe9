import { Button } from '@mantine/core';
import { IconSchool } from '@tabler/icons-react';
import type { ProposalSummary } from '#shared/run.ts';
import { useForget } from '../../hooks/use-proposals.ts';
import { taughtOf } from '../../model/taught.ts';
import classes from './taught.module.css';

type Props = { readonly proposal: ProposalSummary };

/** What of a proposal the person taught before, each with a way to have it forgotten. */
export function TaughtList({ proposal }: Props) {
  const forget = useForget();
  const { title, edits, accepted } = taughtOf(proposal.provenance.memories);
  if (title === null) return accepted === null ? null : <p className={classes.note}>{accepted}</p>;
  return (
    <details className={classes.taught}>
      <summary>
        <IconSchool size={14} aria-hidden /> {title}
      </summary>
      <ul>
        {edits.map(({ id, summary, forgotten }) => (
          <li key={id}>
            <span className={`mono ${classes.summary}`} title={`Memory ${id}`}>
              {summary}
            </span>
            {forgotten ? (
              <span className={classes.note}>Forgotten; generate again to be without it</span>
            ) : (
              <Button
                size="compact-xs"
                variant="default"
                aria-label={`Forget ${summary}`}
                loading={forget.isPending && forget.variables.memoryId === id}
                onClick={() => forget.mutate({ id: proposal.id, memoryId: id })}
              >
                Forget
              </Button>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
