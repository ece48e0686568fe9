import { throwIfCancelled } from '#main/core/abort.ts';
import type { RecallParts } from './recall.ts';

/** Memories of one transaction. */
const pageRows = 128;

/**
 * Takes the vectors of all memories away, so that they get others: those that they have are another
 * model's. How many memories; one that is changed meanwhile has its vector from the present one.
 */
export async function forgetVectors(
  { store, index }: RecallParts,
  signal: AbortSignal,
): Promise<number> {
  let count = 0;
  for (let after = 0; ; ) {
    throwIfCancelled(signal);
    const page = await store.page(after, pageRows);
    const last = page.at(-1);
    if (!last) return count;
    after = last.key;
    const groups = page.map(({ key, revision }) => {
      return { edits: [{ key, revision, set: {}, vector: null }] };
    });
    const { done, goneVectors } = await store.apply(groups);
    index.changed(goneVectors);
    count += done.filter(Boolean).length;
  }
}
