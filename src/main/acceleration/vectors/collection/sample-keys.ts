import { setImmediate as breathe } from 'node:timers/promises';
import { throwIfCancelled } from '#main/core/abort.ts';
import type { Random } from '#main/core/random.ts';
import type { KeyedRows } from '#main/storage/vectors/vector-rows.ts';
import type { VectorSource } from '#main/storage/vectors/vector-source.ts';

const pageKeys = 5_000;
/** Vectors that are read at once: a few milliseconds of the thread. */
const pageRows = 500;

/**
 * Some of the keys of a collection, each as likely as any other (Vitter's algorithm R), in random
 * order. Lets other work of the thread go between.
 */
export async function sampleKeys(
  vectors: VectorSource,
  most: number,
  signal: AbortSignal,
  random: Random = Math.random,
): Promise<readonly number[]> {
  const sample: number[] = [];
  let seen = 0;
  for (let after = 0; ; ) {
    throwIfCancelled(signal);
    const page = vectors.keys(after, pageKeys);
    const last = page.at(-1);
    if (last === undefined) break;
    after = last;
    for (const key of page) {
      seen += 1;
      const place = Math.floor(random() * seen);
      if (sample.length < most) {
        sample.push(sample[place] ?? key);
        sample[place] = key;
      } else if (place < most) sample[place] = key;
    }
    await breathe();
  }
  return sample;
}

/** The vectors of keys, as {@link sampleKeys} gives them. Lets other work of the thread go between. */
export async function readRows(
  vectors: VectorSource,
  wanted: readonly number[],
): Promise<KeyedRows> {
  const { dimensions } = vectors;
  const keys = new Float64Array(wanted.length);
  const rows = new Float32Array(wanted.length * dimensions);
  let found = 0;
  for (let at = 0; at < wanted.length; at += pageRows) {
    const page = vectors.rows(wanted.slice(at, at + pageRows));
    keys.set(page.keys, found);
    rows.set(page.rows, found * dimensions);
    found += page.keys.length;
    await breathe();
  }
  return { keys: keys.slice(0, found), rows: rows.slice(0, found * dimensions) };
}
