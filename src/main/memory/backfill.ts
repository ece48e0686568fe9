import { throwIfCancelled } from '#main/core/abort.ts';
import { pooled } from '#main/core/pooled.ts';
import { OmegaError } from '#shared/error.ts';
import { type Embed, tryEmbed } from './embedder.ts';
import type { RecallParts } from './recall.ts';

/** Memories of one transaction, and texts that are under way at once. */
const pageRows = 128;
export const textsInFlight = 32;

/**
 * Makes the vectors of memories that were stored while none could be made. How many; fails with a
 * retryable `UNAVAILABLE` where that is still so.
 */
export async function backfillVectors(
  { store, index, embed }: RecallParts,
  signal: AbortSignal,
): Promise<number> {
  let made = 0;
  for (let after = 0; ; ) {
    throwIfCancelled(signal);
    const page = await store.withoutVector(after, pageRows);
    const last = page.at(-1);
    if (!last) return made;
    after = last.key;
    const texts = page.map(({ memory }) => memory.text);
    const embedded = await embedAll(embed, texts, index.dimensions, signal);
    const problem = embedded.find((one) => one.problem !== null)?.problem;
    const groups = page.flatMap(({ key, revision }, at) => {
      const vector = embedded[at]?.vector;
      return vector ? [{ edits: [{ key, revision, set: {}, vector }] }] : [];
    });
    const { done, goneVectors } = await store.apply(groups);
    index.changed(goneVectors);
    made += done.filter(Boolean).length;
    if (problem) {
      const message = `Some memories still have no vector: ${problem}`;
      throw new OmegaError('UNAVAILABLE', message, { retryable: true });
    }
    for (const [at, { key }] of page.entries()) {
      if (embedded[at]?.vector === null) await store.needsNoVector(key);
    }
  }
}

/** The vectors of texts, so many under way at once. After a failure no other is tried. */
export async function embedAll(
  embed: Embed,
  texts: readonly string[],
  dimensions: number,
  signal: AbortSignal | undefined,
) {
  let problem: string | null = null;
  const embedded = texts.map(() => ({ vector: null as Float32Array | null, problem }));
  await pooled(texts.entries(), textsInFlight, async ([at, text]) => {
    const one = problem === null ? await tryEmbed(embed, text, dimensions, signal) : null;
    problem ??= one?.problem ?? null;
    embedded[at] = one ?? { vector: null, problem };
  });
  return embedded;
}
