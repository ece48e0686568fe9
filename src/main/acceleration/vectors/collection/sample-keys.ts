import { setImmediate as breathe } from 'node:timers/promises';
import { throwIfCancelled } from '#main/core/abort.ts';
import type { VectorStore } from '#main/storage/vectors/vector-store.ts';

const pageKeys = 5_000;

/**
 * Some of the keys of a collection, each as likely as any other (Vitter's algorithm R), in random
 * order. Lets other work of the thread go between.
 */
export async function sampleKeys(
  store: VectorStore,
  collection: number,
  most: number,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const sample: number[] = [];
  let seen = 0;
  for (let after = 0; ; ) {
    throwIfCancelled(signal);
    const page = store.keys(collection, after, pageKeys);
    const last = page.at(-1);
    if (last === undefined) break;
    after = last;
    for (const key of page) {
      seen += 1;
      const place = Math.floor(Math.random() * seen);
      if (sample.length < most) {
        sample.push(sample[place] ?? key);
        sample[place] = key;
      } else if (place < most) sample[place] = key;
    }
    await breathe();
  }
  return sample;
}
