import { setImmediate as breathe } from 'node:timers/promises';
import { throwIfCancelled } from '#main/core/abort.ts';
import type { KeyedRows } from '#main/storage/vectors/vector-rows.ts';
import type { VectorSource } from '#main/storage/vectors/vector-source.ts';
import { BestKeys } from '../engines/best-keys.ts';
import { scanInScript } from '../engines/scan-rows.ts';
import { unitRows } from './unit-rows.ts';

/** Vectors between two breaths: a few milliseconds of the thread. */
const windowRows = 1024;

/** A key and how like the query its vector is, −1 to 1. */
export type ScoredKey = { readonly key: number; readonly score: number };

/**
 * Compares a query with every stored vector that `window` gives, without any index: exact,
 * slow, and there when the compute process is not. Lets other work of the thread go between.
 */
export async function scanStore(
  vectors: Pick<VectorSource, 'keys' | 'dimensions'>,
  query: Float32Array<ArrayBuffer>,
  {
    k,
    window,
    signal,
  }: {
    readonly k: number;
    /** Vectors after a key, up to another one. */
    readonly window: (after: number, upTo: number) => KeyedRows;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<readonly ScoredKey[]> {
  const best = new BestKeys(k);
  const { dimensions } = vectors;
  let after = 0;
  for (;;) {
    throwIfCancelled(signal);
    const upTo = vectors.keys(after, windowRows).at(-1);
    if (upTo === undefined) return best.scored();
    const { keys, rows } = window(after, upTo);
    scanInScript(keys, unitRows(rows, dimensions), query, dimensions, k, [best]);
    after = upTo;
    await breathe();
  }
}
