/** The constant of reciprocal rank fusion: how little the first place is worth over the tenth. */
const smoothing = 60;

/** A key with its places in the lists that were fused, from 1; null where it is not in one. */
export type FusedKey = {
  readonly key: number;
  readonly score: number;
  readonly textRank: number | null;
  readonly vectorRank: number | null;
};

/** How much a place in each list counts. */
export type FusionWeights = { readonly text: number; readonly vector: number };

/**
 * Joins two ranked lists into one by reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR
 * 2009): a key scores `weight / (60 + rank)` in each list that has it. Best first.
 */
export function fuseRanks(
  text: readonly number[],
  vector: readonly number[],
  weights: FusionWeights = { text: 1, vector: 1 },
): readonly FusedKey[] {
  const textRanks = ranks(text);
  const vectorRanks = ranks(vector);
  const keys = new Set([...text, ...vector]);
  return [...keys]
    .map((key) => {
      const textRank = textRanks.get(key) ?? null;
      const vectorRank = vectorRanks.get(key) ?? null;
      const score = worth(textRank, weights.text) + worth(vectorRank, weights.vector);
      return { key, score, textRank, vectorRank };
    })
    .sort((one, other) => other.score - one.score);
}

function ranks(keys: readonly number[]): ReadonlyMap<number, number> {
  const map = new Map<number, number>();
  // The first place of a key counts.
  for (const [at, key] of keys.entries()) if (!map.has(key)) map.set(key, at + 1);
  return map;
}

function worth(rank: number | null, weight: number): number {
  return rank === null ? 0 : weight / (smoothing + rank);
}
