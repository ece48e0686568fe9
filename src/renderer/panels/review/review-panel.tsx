import { IconGitCompare } from '@tabler/icons-react';
import { startTransition, useCallback, useMemo } from 'react';
import { Blank } from '../../components/blank.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useStreams } from '../../hooks/streams-context.ts';
import { useProposals } from '../../hooks/use-proposals.ts';
import { useCurrentRun, useCurrentRunId, useRuns } from '../../hooks/use-runs.ts';
import { useWorkbench } from '../../hooks/workbench-provider.tsx';
import { alternativeOf } from '../../model/alternative.ts';
import { chooseReview } from '../../model/review-choice.ts';
import { isActive } from '../../model/run-progress.ts';
import { PanelSkeleton } from '../../shell/panel-skeleton.tsx';
import { FileList } from './file-list.tsx';
import { ProposalView } from './proposal-view.tsx';
import classes from './review.module.css';
import { ReviewBar } from './review-bar.tsx';
import { StreamView } from './stream-view.tsx';
import { useDraft } from './use-draft.ts';
import { useFileFilter } from './use-file-filter.ts';
import { useReview } from './use-review.ts';

/** The proposals of the chosen run: files on the left, the one in hand beside what is on disk. */
export default function ReviewPanel() {
  const id = useCurrentRunId();
  const runs = useRuns();
  const { query, sorted } = useProposals(id);
  const { state, dispatch } = useWorkbench();
  const draft = useDraft();
  const all = useStreams();
  const streams = useMemo(() => all.filter((one) => one.runId === id), [all, id]);
  const choice = chooseReview(sorted, streams, state.proposalId);
  const current = choice?.type === 'proposal' ? choice.proposal : undefined;
  const filter = useFileFilter(sorted);
  const review = useReview({ sorted, listed: filter.listed }, current, draft.flush);
  // An editor takes a while to make; what is being written goes on meanwhile.
  const pick = useCallback(
    (key: string) => startTransition(() => dispatch({ type: 'proposal', id: key })),
    [dispatch],
  );
  if (id === null && !runs.isPending) {
    return <Nothing text="Press Generate in the sidebar; what it makes is shown here." />;
  }
  if (query.error) {
    return (
      <div className={classes.notice}>
        <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
      </div>
    );
  }
  if (!query.data || id === null) return <PanelSkeleton label="Loading the files" />;
  if (!choice) return <NothingYet />;
  return (
    <div className={classes.panel}>
      <ReviewBar
        key={id}
        runId={id}
        proposals={sorted}
        onAcceptAll={review.acceptAll}
        beforeWrite={draft.flush}
      />
      <div className={classes.body}>
        <FileList
          proposals={sorted}
          filter={filter}
          streams={streams}
          current={choice.type === 'proposal' ? choice.proposal.id : choice.stream.key}
          onPick={pick}
        />
        {choice.type === 'stream' && <StreamView stream={choice.stream} />}
        {choice.type === 'proposal' && (
          <ProposalView
            proposal={choice.proposal}
            saving={draft.saving}
            swap={{
              alternative: alternativeOf(choice.proposal),
              busy: review.swapping,
              onSwap: () => void review.swap(),
            }}
            onEdit={(content) => draft.change(choice.proposal.id, content)}
            onDecide={review.decide}
          />
        )}
      </div>
    </div>
  );
}

function NothingYet() {
  const run = useCurrentRun().run.data;
  return (
    <Nothing
      text={
        run && isActive(run)
          ? 'Files appear here as their jobs finish.'
          : 'This run made no files. The Run tab says why.'
      }
    />
  );
}

function Nothing({ text }: { readonly text: string }) {
  return <Blank icon={<IconGitCompare />} title="No files to review" text={text} />;
}
