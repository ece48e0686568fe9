import { useMemo, useState } from 'react';
import type { ProposalSummary } from '#shared/run.ts';
import { filterFiles, noFilter } from '../../model/file-filter.ts';

/** Files from which a filter stands above them. */
const filteredFrom = 20;

/** The filter of the list of files, and the files that it leaves; short lists have none. */
export function useFileFilter(proposals: readonly ProposalSummary[]) {
  const [filter, setFilter] = useState(noFilter);
  const isOffered = proposals.length >= filteredFrom;
  const listed = useMemo(
    () => (isOffered ? filterFiles(proposals, filter) : proposals),
    [isOffered, proposals, filter],
  );
  return { filter, setFilter, isOffered, listed };
}
