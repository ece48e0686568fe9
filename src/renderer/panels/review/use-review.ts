import { startTransition } from 'react';
import type { ProposalSummary } from '#shared/run.ts';
import { useFreeHotkeys } from '../../hooks/use-free-hotkeys.ts';
import { useDecide, useSwapProposal } from '../../hooks/use-proposals.ts';
import { useWorkbench } from '../../hooks/workbench-provider.tsx';
import { acceptable, neighbour, nextOpen } from '../../model/review-rows.ts';

/** A decision that can be taken on a file. */
export type Decision = 'open' | 'accepted' | 'rejected';

/**
 * Moves through the files and decides on them, by key as by button: from one that is `listed` to the
 * next. `sorted` are all files of the run. `flush` sends unsent typing.
 */
export function useReview(
  files: {
    readonly sorted: readonly ProposalSummary[];
    readonly listed: readonly ProposalSummary[];
  },
  current: ProposalSummary | undefined,
  flush: () => Promise<void>,
) {
  const { sorted, listed } = files;
  const { dispatch } = useWorkbench();
  const { mutate } = useDecide();
  const swapping = useSwapProposal();

  // An editor takes a while to make; keys that come meanwhile are heard.
  const show = (id: string | null) => startTransition(() => dispatch({ type: 'proposal', id }));
  const decide = (state: Decision) => {
    if (!current || current.state === 'applied' || current.state === 'unchanged') return;
    // The decision stands whenever the text arrives, and that may take a while.
    void flush();
    mutate({ ids: [current.id], state });
    if (state !== 'open') show(nextOpen(listed, current.id));
  };
  const acceptAll = async () => {
    await flush();
    const ids = acceptable(sorted).map((one) => one.id);
    if (ids.length > 0) mutate({ ids, state: 'accepted' });
  };
  const step = (by: number) => show(neighbour(listed, current?.id ?? null, by));

  useFreeHotkeys([
    ['j', () => step(1)],
    ['k', () => step(-1)],
    ['a', () => decide('accepted')],
    ['r', () => decide('rejected')],
  ]);
  const swap = async () => {
    await flush();
    if (current) swapping.mutate(current.id);
  };
  return { decide, acceptAll, swap, swapping: swapping.isPending };
}
