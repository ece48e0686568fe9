import { createContext, use, useEffect, useSyncExternalStore } from 'react';
import type { ProposalSummary } from '#shared/run.ts';
import { type Stream, StreamStore } from '../model/stream-store.ts';

/** The files that models write now; one for the window. */
export const StreamsContext = createContext(new StreamStore());

/** The store of what models write, for who follows a text. */
export function useStreamStore(): StreamStore {
  return use(StreamsContext);
}

/** The files that models write now, of all runs. */
export function useStreams(): readonly Stream[] {
  const store = useStreamStore();
  return useSyncExternalStore(store.onList, store.list);
}

/** Forgets what was written for jobs whose proposals are there. */
export function useEndedStreams(proposals: readonly ProposalSummary[]): void {
  const store = useStreamStore();
  const streams = useStreams();
  useEffect(() => {
    if (streams.length > 0) store.drop(new Set(proposals.map(({ jobId }) => jobId)));
  }, [store, streams, proposals]);
}
