import { Button } from '@mantine/core';
import { IconChecks, IconDeviceFloppy } from '@tabler/icons-react';
import { useState } from 'react';
import type { ProposalState, ProposalSummary } from '#shared/run.ts';
import { stateNames } from '../../components/state-dot.tsx';
import { plural } from '../../model/format.ts';
import { acceptable } from '../../model/review-rows.ts';
import classes from './review.module.css';
import { WriteDialog } from './write-dialog.tsx';

type Props = {
  readonly runId: string;
  readonly proposals: readonly ProposalSummary[];
  readonly onAcceptAll: () => Promise<void>;
  readonly beforeWrite: () => Promise<void>;
};

const shown: readonly ProposalState[] = ['open', 'accepted', 'rejected', 'applied', 'unchanged'];

/** Where the review stands, and the two steps for all files: accept, write. */
export function ReviewBar({ runId, proposals, onAcceptAll, beforeWrite }: Props) {
  const [writing, setWriting] = useState(false);
  const [busy, setBusy] = useState<'accept' | 'write' | null>(null);
  // An edit may be on its way still, and what it is found to be decides.
  const during = async (what: 'accept' | 'write', work: () => Promise<void>) => {
    setBusy(what);
    await work().finally(() => setBusy(null));
  };
  const count = (state: ProposalState) => proposals.filter((one) => one.state === state).length;
  const accepted = count('accepted');
  const clean = acceptable(proposals).length;
  return (
    <div className={classes.bar}>
      <output className={classes.barText} aria-label="State of the review">
        {shown
          .filter((state) => count(state) > 0)
          .map((state) => `${count(state).toLocaleString('en')} ${stateNames[state].toLowerCase()}`)
          .join(' · ')}
      </output>
      <Button
        variant="default"
        disabled={clean === 0}
        loading={busy === 'accept'}
        leftSection={<IconChecks size={15} aria-hidden />}
        onClick={() => void during('accept', onAcceptAll)}
      >
        Accept all without errors{clean > 0 && ` (${clean.toLocaleString('en')})`}
      </Button>
      <Button
        disabled={accepted === 0}
        loading={busy === 'write'}
        leftSection={<IconDeviceFloppy size={15} aria-hidden />}
        onClick={() => void during('write', beforeWrite).then(() => setWriting(true))}
      >
        Write {plural(accepted, 'accepted file')}
      </Button>
      <WriteDialog runId={runId} opened={writing} onClose={() => setWriting(false)} />
    </div>
  );
}
