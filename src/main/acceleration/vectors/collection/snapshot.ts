import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { VectorStore } from '#main/storage/vectors/vector-store.ts';
import { type EngineRecord, parseRecord } from '../choice/engine-record.ts';
import { type IndexSource, RemoteIndex } from './remote-index.ts';

const snapshotSchema = z.object({
  /** Random: the file and the row of the collection name the same one, or do not belong together. */
  stamp: z.uuid(),
  sha256: z.string().length(64),
  /** Vectors up to this key are in the file. */
  cursor: z.int(),
  bytes: z.int(),
});

/** Share of a restored index that may stand for vectors that are gone. */
const maxGoneShare = 0.2;
const dayMs = 86_400_000;

/** Where the file of an index lies. */
const pathOf = (folder: string, stamp: string): string => join(folder, `${stamp}.index`);

/**
 * Writes an index to a file and notes it in the collection's row, in this order: a crash between
 * leaves a file that nothing names. Returns the file's bytes.
 */
export async function saveSnapshot(
  folder: string,
  { vectors }: IndexSource,
  index: RemoteIndex,
): Promise<number> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stamp = randomUUID();
  const before = readSnapshot(vectors.record().snapshot);
  const saved = await index.save(pathOf(folder, stamp));
  vectors.keepSnapshot(JSON.stringify({ stamp, ...saved }));
  if (before) removeFile(folder, before.stamp);
  return saved.bytes;
}

/**
 * Opens the index that was saved last, or gives null where there is none that fits the table: the
 * file is missing or damaged, vectors are missing in it, or too many in it are gone.
 */
export async function restoreSnapshot(
  folder: string,
  source: IndexSource,
): Promise<{ index: RemoteIndex; record: EngineRecord } | null> {
  const { vectors } = source;
  const kept = vectors.record();
  const snapshot = readSnapshot(kept.snapshot);
  if (!snapshot || !existsSync(pathOf(folder, snapshot.stamp))) return null;
  // Only what restores is named again: a file that takes the process down does so once.
  vectors.keepSnapshot(null);
  const record = parseRecord(kept.choice);
  const index = await RemoteIndex.open(source, record.choice, { effort: record.effort });
  try {
    const { stamp, sha256, cursor } = snapshot;
    const { size, removed } = await index.restore(pathOf(folder, stamp), sha256, cursor);
    const inTable = vectors.countUpTo(cursor);
    const gone = size - removed - inTable;
    if (gone < 0 || gone > maxGoneShare * size) throw new Error('It is of another time.');
    vectors.keepSnapshot(JSON.stringify(snapshot));
    return { index, record };
  } catch {
    index.close();
    removeFile(folder, snapshot.stamp);
    return null;
  }
}

/** Removes files of indexes that no collection names, once they are a day old: another process may be writing one. */
export function sweepSnapshots(folder: string, store: VectorStore): void {
  if (!existsSync(folder)) return;
  const named = new Set(store.collections.snapshots().map((text) => readSnapshot(text)?.stamp));
  for (const name of readdirSync(folder)) {
    const [stamp = ''] = name.split('.');
    const path = join(folder, name);
    if (!named.has(stamp) && Date.now() - statSync(path).mtimeMs > dayMs) rmSync(path);
  }
}

function readSnapshot(text: string | null): z.infer<typeof snapshotSchema> | null {
  if (text === null) return null;
  const parsed = snapshotSchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
}

function removeFile(folder: string, stamp: string): void {
  for (const path of [pathOf(folder, stamp), `${pathOf(folder, stamp)}.removed`]) {
    rmSync(path, { force: true });
  }
}
