import { SegmentedControl, Skeleton } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconColumns2, IconLayoutRows } from '@tabler/icons-react';
import { type ComponentProps, lazy, Suspense, useState } from 'react';
import type { ProposalSummary } from '#shared/run.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { IconLabel } from '../../components/icon-label.tsx';
import { useProposal } from '../../hooks/use-proposals.ts';
import { AlternativeBar } from './alternative-bar.tsx';
import { DecisionButtons } from './decision-buttons.tsx';
import { FindingList } from './finding-list.tsx';
import { ProvenanceLine } from './provenance-line.tsx';
import classes from './review.module.css';
import { TaughtList } from './taught-list.tsx';
import type { Decision } from './use-review.ts';

const MergeEditor = lazy(() => import('./editor/merge-editor.tsx'));

type Props = {
  readonly proposal: ProposalSummary;
  readonly saving: boolean;
  readonly swap: ComponentProps<typeof AlternativeBar>;
  readonly onEdit: (content: string) => void;
  readonly onDecide: (decision: Decision) => void;
};

/** One proposal: what it is, the editable comparison, its findings and the decision. */
export function ProposalView({ proposal, saving, swap, onEdit, onDecide }: Props) {
  const [view, setView] = useLocalStorage<'split' | 'unified'>({
    key: 'omega.review.view',
    defaultValue: 'split',
  });
  const { data, error, refetch } = useProposal(proposal);
  const [jump, setJump] = useState<{ readonly line: number } | null>(null);
  return (
    <section className={classes.view} aria-label={proposal.path}>
      <div className={classes.viewHead}>
        <div className={classes.viewTitle}>
          <h2 className="clip" title={`${proposal.root}/${proposal.path}`}>
            {proposal.path}
          </h2>
          <ProvenanceLine proposal={proposal} saving={saving} />
        </div>
        {proposal.replaces && (
          <SegmentedControl
            size="xs"
            aria-label="Comparison"
            value={view}
            onChange={(next) => setView(next as typeof view)}
            data={[
              { value: 'split', label: <IconLabel icon={IconColumns2} text="Side by side" /> },
              { value: 'unified', label: <IconLabel icon={IconLayoutRows} text="Unified" /> },
            ]}
          />
        )}
        <DecisionButtons state={proposal.state} onDecide={onDecide} />
      </div>
      <AlternativeBar {...swap} />
      <TaughtList proposal={proposal} />
      {proposal.replaces && view === 'split' && (
        <div className={classes.sides} aria-hidden>
          <span>On disk</span>
          <span>Proposal, editable</span>
        </div>
      )}
      <div className={classes.editor}>
        {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
        {data && (
          <Suspense fallback={<Skeleton m={16} height={240} />}>
            <MergeEditor
              proposal={{ ...data, ...proposal }}
              view={view}
              jump={jump}
              onEdit={onEdit}
            />
          </Suspense>
        )}
      </div>
      <FindingList findings={proposal.findings} onJump={(line) => setJump({ line })} />
    </section>
  );
}
