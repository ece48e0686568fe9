import type { ErrorCode } from './error.ts';

/** What came of writing one proposal. */
export type ApplyOutcome = {
  readonly path: string;
  readonly status: 'written' | 'unchanged' | 'skipped' | 'refused';
  /** Why the file was held back (refused, or skipped for safety), for programs; otherwise null. */
  readonly code: ErrorCode | null;
  readonly reason: string | null;
};

/** What `apply` did, or would do on a dry run (then `checkpointId` is null). */
export type ApplyReport = {
  readonly checkpointId: string | null;
  readonly root: string;
  readonly outcomes: readonly ApplyOutcome[];
};

/** What `undo` did. A file that changed since is refused, with the diff from what we wrote to what is there. */
export type UndoReport = {
  readonly checkpointId: string;
  readonly outcomes: readonly {
    readonly path: string;
    readonly status: 'restored' | 'removed' | 'refused';
    readonly code: ErrorCode | null;
    readonly reason: string | null;
    readonly diff: string | null;
  }[];
};
