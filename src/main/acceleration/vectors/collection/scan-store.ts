import { setImmediate as breathe } from 'node:timers/promises';
import { throwIfCancelled } from '#main/core/abort.ts';
import type { VectorFilter } from '#main/storage/vectors/vector-filter.ts';
import type { CollectionRow } from '#main/storage/vectors/vector-rows.ts';
import type { VectorStore } from '#main/storage/vectors/vector-store.ts';
import { BestKeys } from '../engines/best-keys.ts';
import { scanInScript } from '../engines/scan-rows.ts';
import { unitRows } from './unit-rows.ts';

/** Vectors between two breaths: a few milliseconds of the thread. */
const windowRows = 1024;

/** A key and how like the query its vector is, −1 to 1. */
export type ScoredKey = { readonly key: number; readonly score: number };

/**
 * Compares a query with every stored vector that the filter lets through, without any index: exact,
 * slow, and there when the compute process is not. Lets other work of the thread go between.
 */
export async function scanStore(
  store: VectorStore,
  collection: CollectionRow,
  query: Float32Array<ArrayBuffer>,
  {
    k,
    filter,
    signal,
  }: {
    readonly k: number;
    readonly filter?: VectorFilter | undefined;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<readonly ScoredKey[]> {
  const best = new BestKeys(k);
  const { dimensions } = collection;
  let after = 0;
  for (;;) {
    throwIfCancelled(signal);
    const upTo = store.keys(collection.id, after, windowRows).at(-1);
    if (upTo === undefined) return best.scored();
    const { keys, rows } = store.window(collection, after, upTo, filter);
    scanInScript(keys, unitRows(rows, dimensions), query, dimensions, k, [best]);
    after = upTo;
    await breathe();
  }
}
