import { useEffect, useMemo } from 'react';
import type { ProposalSummary } from '#shared/run.ts';
import { useRowWindow } from '../../hooks/use-row-window.ts';
import { baseName } from '../../model/format.ts';
import { type ReviewRow, reviewRows } from '../../model/review-rows.ts';
import { FileRow } from './file-row.tsx';
import classes from './files.module.css';

/** Height of a row in pixels; the style sheet holds rows to it. */
const rowHeight = 30;

type Props = {
  readonly proposals: readonly ProposalSummary[];
  readonly current: string;
  readonly onPick: (id: string) => void;
};

/** The files of a run under their projects and services. Draws only what is seen. */
export function FileList({ proposals, current, onPick }: Props) {
  const rows = useMemo(() => reviewRows(proposals), [proposals]);
  const list = useRowWindow(rows.length, rowHeight);
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
      <ul>
        <li aria-hidden style={{ height: list.above }} />
        {rows.slice(list.first, list.end).map((row) => (
          <li key={row.key} className={classes.fileItem}>
            {row.type === 'file' ? (
              <FileRow proposal={row.proposal} current={row.key === current} onPick={onPick} />
            ) : (
              <Heading row={row} />
            )}
          </li>
        ))}
        <li aria-hidden style={{ height: list.below }} />
      </ul>
    </nav>
  );
}

function Heading({ row }: { readonly row: Exclude<ReviewRow, { readonly type: 'file' }> }) {
  return row.type === 'project' ? (
    <span className={classes.projectHead} title={row.root}>
      {baseName(row.root)}
    </span>
  ) : (
    <span className={classes.serviceHead}>{row.name}</span>
  );
}
