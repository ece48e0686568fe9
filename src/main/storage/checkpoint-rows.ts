import type { CheckpointFile } from './checkpoint-store.ts';
import { readProvenance } from './read-provenance.ts';

/** A row of `checkpoints`. */
export type CheckpointRow = {
  readonly id: string;
  readonly root: string;
  readonly run_id: string;
  readonly created_at: number;
  readonly undone_at: number | null;
};

/** A row of `checkpoint_files`. */
export type FileRow = {
  readonly checkpoint_id: string;
  readonly path: string;
  readonly proposal_id: string;
  readonly before: Buffer | null;
  readonly before_hash: string | null;
  readonly after: Buffer;
  readonly after_hash: string;
  readonly mode: number | null;
  readonly made_folders: string;
  readonly provenance: string;
};

/** The row of a file of a checkpoint. */
export function toFileRow(checkpointId: string, file: CheckpointFile): FileRow {
  return {
    checkpoint_id: checkpointId,
    path: file.path,
    proposal_id: file.proposalId,
    before: file.before,
    before_hash: file.beforeHash,
    after: file.after,
    after_hash: file.afterHash,
    mode: file.mode,
    made_folders: JSON.stringify(file.madeFolders),
    provenance: JSON.stringify(file.provenance),
  };
}

/** The file that a row holds. */
export function fromFileRow(row: FileRow): CheckpointFile {
  return {
    path: row.path,
    proposalId: row.proposal_id,
    before: row.before,
    beforeHash: row.before_hash,
    after: row.after,
    afterHash: row.after_hash,
    mode: row.mode,
    madeFolders: JSON.parse(row.made_folders) as readonly string[],
    provenance: readProvenance(row.provenance),
  };
}
