import type { Database, Statement } from 'better-sqlite3';
import type { Provenance } from '#shared/artifact.ts';
import type { Checkpoint } from '#shared/run.ts';
import { type CheckpointRow, type FileRow, fromFileRow, toFileRow } from './checkpoint-rows.ts';

/** One file of a checkpoint, with all that an undo or a roll-back needs. */
export type CheckpointFile = {
  /** Relative to the checkpoint's root, with forward slashes. */
  readonly path: string;
  readonly proposalId: string;
  /** The bytes that were there and their sha256; null where there was no file. */
  readonly before: Buffer | null;
  readonly beforeHash: string | null;
  /** The bytes written, and their sha256. */
  readonly after: Buffer;
  readonly afterHash: string;
  /** Permission bits that the file had; null where there was none. */
  readonly mode: number | null;
  /** Folders that the write had to make, relative, outermost first. */
  readonly madeFolders: readonly string[];
  readonly provenance: Provenance;
};

/** A checkpoint without its files. */
export type CheckpointHead = Omit<Checkpoint, 'files'>;

/**
 * The sha256 of what was last written to a path, and the proposal that it came from; `improves` is 1
 * where it changed a file that its author wrote.
 */
export type LastWritten = {
  readonly hash: string;
  readonly proposalId: string;
  readonly improves: 0 | 1;
};

/** What was written, and the bytes that were there before. */
export class CheckpointStore {
  readonly #insert: Statement<[string, string, string, number]>;
  readonly #insertFile: Statement<[FileRow]>;
  readonly #get: Statement<[string], CheckpointRow>;
  readonly #list: Statement<[string | null, string | null], CheckpointRow>;
  readonly #files: Statement<[string], FileRow>;
  readonly #heads: Statement<
    [string],
    Pick<FileRow, 'path' | 'before_hash' | 'after_hash' | 'provenance'>
  >;
  readonly #setUndone: Statement<[number, string]>;
  readonly #delete: Statement<[string]>;
  readonly #deleteFile: Statement<[string, string]>;
  readonly #lastWritten: Statement<[string, string], LastWritten>;

  constructor(db: Database) {
    this.#insert = db.prepare(
      'INSERT INTO checkpoints (id, root, run_id, created_at) VALUES (?, ?, ?, ?)',
    );
    this.#insertFile = db.prepare(`
      INSERT INTO checkpoint_files (checkpoint_id, path, proposal_id, before, before_hash, after, after_hash, mode, made_folders, provenance)
      VALUES (@checkpoint_id, @path, @proposal_id, @before, @before_hash, @after, @after_hash, @mode, @made_folders, @provenance)
    `);
    this.#get = db.prepare('SELECT * FROM checkpoints WHERE id = ?');
    // A write that has not ended is no checkpoint yet; an undo that has not ended still is one.
    this.#list = db.prepare(`
      SELECT * FROM checkpoints WHERE (? IS NULL OR root = ?) AND id NOT IN
        (SELECT checkpoint_id FROM journal WHERE kind = 'apply')
      ORDER BY seq DESC
    `);
    this.#files = db.prepare(
      'SELECT * FROM checkpoint_files WHERE checkpoint_id = ? ORDER BY path',
    );
    this.#heads = db.prepare(
      'SELECT path, before_hash, after_hash, provenance FROM checkpoint_files WHERE checkpoint_id = ? ORDER BY path',
    );
    this.#setUndone = db.prepare('UPDATE checkpoints SET undone_at = ? WHERE id = ?');
    this.#delete = db.prepare('DELETE FROM checkpoints WHERE id = ?');
    this.#deleteFile = db.prepare(
      'DELETE FROM checkpoint_files WHERE checkpoint_id = ? AND path = ?',
    );
    this.#lastWritten = db.prepare(`
      SELECT after_hash AS hash, proposal_id AS proposalId, provenance ->> '$.improves' IS 1 AS improves
      FROM checkpoint_files JOIN checkpoints ON checkpoints.id = checkpoint_id
      WHERE root = ? AND path = ? AND undone_at IS NULL ORDER BY seq DESC LIMIT 1
    `);
  }

  insert(head: CheckpointHead, files: readonly CheckpointFile[]): void {
    this.#insert.run(head.id, head.root, head.runId, head.createdAt);
    for (const file of files) this.#insertFile.run(toFileRow(head.id, file));
  }

  /** The checkpoint without its files, or null. */
  head(id: string): CheckpointHead | null {
    const row = this.#get.get(id);
    return row ? toHead(row) : null;
  }

  /** The files with their bytes, by path. */
  files(id: string): readonly CheckpointFile[] {
    return this.#files.all(id).map(fromFileRow);
  }

  /** Checkpoints of one project or of all, newest first. */
  list(root: string | null): readonly Checkpoint[] {
    return this.#list.all(root, root).map((row) => ({
      ...toHead(row),
      files: this.#heads.all(row.id).map((file) => ({
        path: file.path,
        before: file.before_hash,
        after: file.after_hash,
        provenance: JSON.parse(file.provenance) as Provenance,
      })),
    }));
  }

  setUndone(id: string, at: number): void {
    this.#setUndone.run(at, id);
  }

  delete(id: string): void {
    this.#delete.run(id);
  }

  /** Takes a file out of a checkpoint: it could not be written. */
  deleteFile(id: string, path: string): void {
    this.#deleteFile.run(id, path);
  }

  /** What Omega last wrote there and has not undone, or null. */
  lastWritten(root: string, path: string): LastWritten | null {
    return this.#lastWritten.get(root, path) ?? null;
  }
}

function toHead(row: CheckpointRow): CheckpointHead {
  return {
    id: row.id,
    root: row.root,
    runId: row.run_id,
    createdAt: row.created_at,
    undoneAt: row.undone_at,
  };
}
