import type { ProposalSummary } from '#shared/run.ts';
import { useNow } from '../../hooks/use-now.ts';
import { formatAgo, formatTime, shortHash } from '../../model/format.ts';
import { acceptedTitle, makerText } from '../../model/maker-text.ts';
import classes from './review.module.css';

type Props = { readonly proposal: ProposalSummary; readonly saving: boolean };

/** Where a proposal's text came from: maker, hash of what went in, time. */
export function ProvenanceLine({ proposal, saving }: Props) {
  const { origin, inputsHash, createdAt } = proposal.provenance;
  const now = useNow(true, 30_000);
  return (
    <p className={`clip ${classes.provenance}`}>
      {proposal.replaces ? 'Replaces the file on disk' : 'New file'} ·{' '}
      <span title={acceptedTitle(origin)}>{makerText(origin)}</span> ·{' '}
      <span title={inputsHash}>inputs {shortHash(inputsHash)}</span> ·{' '}
      <time dateTime={new Date(createdAt).toISOString()} title={formatTime(createdAt)}>
        {formatAgo(createdAt, now)}
      </time>
      {saving && ' · Checking…'}
    </p>
  );
}
