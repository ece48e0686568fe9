import { useEffect, useMemo } from 'react';
import type { ProposalSummary } from '#shared/run.ts';
import { useRowWindow } from '../../hooks/use-row-window.ts';
import { useCurrentRun } from '../../hooks/use-runs.ts';
import { baseName } from '../../model/format.ts';
import { type ReviewRow, reviewRows, streamRows } from '../../model/review-rows.ts';
import type { Stream } from '../../model/stream-store.ts';
import { FileFilterBar } from './file-filter-bar.tsx';
import { FileRow } from './file-row.tsx';
import classes from './files.module.css';
import { StreamRow } from './stream-row.tsx';
import type { useFileFilter } from './use-file-filter.ts';

/** Height of a row in pixels; the style sheet holds rows to it. */
const rowHeight = 30;
/** The same of the filter above them. */
const filterHeight = 70;

type Props = {
  readonly proposals: readonly ProposalSummary[];
  readonly filter: ReturnType<typeof useFileFilter>;
  readonly streams: readonly Stream[];
  readonly current: string;
  readonly onPick: (id: string) => void;
};

/** The files of a run: those that models write now, then the others under their projects and services. Draws only what is seen. */
export function FileList({ proposals, filter, streams, current, onPick }: Props) {
  const run = useCurrentRun().run.data;
  const { listed, isOffered } = filter;
  const rows = useMemo(
    () => [...streamRows(streams, run), ...reviewRows(listed)],
    [streams, run, listed],
  );
  const list = useRowWindow(rows.length, rowHeight, isOffered ? filterHeight : 0);
  const at = rows.findIndex((row) => row.key === current);
  const { show } = list;
  useEffect(() => show(at), [show, at]);
  return (
    <nav
      aria-label="Proposed files"
      className={classes.files}
      ref={list.ref}
      onScroll={list.onScroll}
    >
      {isOffered && (
        <FileFilterBar proposals={proposals} filter={filter.filter} onChange={filter.setFilter} />
      )}
      {rows.length === 0 && <p className={classes.none}>No file is called so.</p>}
      <ul>
        <li aria-hidden style={{ height: list.above }} />
        {rows.slice(list.first, list.end).map((row) => (
          <li key={row.key} className={classes.fileItem}>
            {row.type === 'file' && (
              <FileRow proposal={row.proposal} current={row.key === current} onPick={onPick} />
            )}
            {row.type === 'stream' && (
              <StreamRow
                stream={row.stream}
                project={row.project}
                current={row.key === current}
                onPick={onPick}
              />
            )}
            {(row.type === 'project' || row.type === 'service') && <Heading row={row} />}
          </li>
        ))}
        <li aria-hidden style={{ height: list.below }} />
      </ul>
    </nav>
  );
}

function Heading({
  row,
}: {
  readonly row: Extract<ReviewRow, { readonly type: 'project' | 'service' }>;
}) {
  return row.type === 'project' ? (
    <span className={classes.projectHead} title={row.root}>
      {baseName(row.root)}
    </span>
  ) : (
    <span className={classes.serviceHead} title={row.name}>
      {row.name}
    </span>
  );
}
