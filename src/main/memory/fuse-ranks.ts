/** The constant of reciprocal rank fusion: how little the first place is worth over the second. */
const smoothing = 5;
/** Scores that differ by less are the same but for rounding. */
const equal = 1e-6;
/**
 * How steeply the weight of a text hit grows with what its words tell. This and the smoothing were
 * set on half of the questions of `bench -- memory`; the other half measures. Around them little changes.
 */
const steepness = 8;

/** A key with its places in the lists that were fused, from 1; null where it is not in one. */
export type FusedKey = {
  readonly key: number;
  readonly score: number;
  readonly textRank: number | null;
  readonly vectorRank: number | null;
};

/** A key of a list, what the list is ordered by, and how much its place counts. */
export type RankedKey = { readonly key: number; readonly score: number; readonly weight: number };

/**
 * Joins two ranked lists into one by weighted reciprocal rank fusion (Cormack, Clarke and Büttcher,
 * SIGIR 2009): a key scores `weight / (5 + rank)` in each list that has it. Equal scores share the
 * rank. Best first.
 */
export function fuseRanks(
  text: readonly RankedKey[],
  vector: readonly RankedKey[],
): readonly FusedKey[] {
  const textPlaces = places(text);
  const vectorPlaces = places(vector);
  const keys = new Set([...textPlaces.keys(), ...vectorPlaces.keys()]);
  return [...keys]
    .map((key) => {
      const inText = textPlaces.get(key);
      const inVector = vectorPlaces.get(key);
      return {
        key,
        score: (inText?.worth ?? 0) + (inVector?.worth ?? 0),
        textRank: inText?.rank ?? null,
        vectorRank: inVector?.rank ?? null,
      };
    })
    .sort((one, other) => other.score - one.score);
}

/**
 * How much a text hit counts beside a vector hit. BM25's score is about the information, in nats, of
 * the words that the memory shares with the query; to single out one of `memories` takes their
 * logarithm. Below that words leave it open which memory is meant, and count as much as meaning;
 * above it they decide.
 */
export function textWeight(score: number, memories: number): number {
  const evidence = score / Math.log(Math.max(memories, 10));
  return Math.max(1, evidence ** steepness);
}

function places(list: readonly RankedKey[]) {
  const map = new Map<number, { readonly rank: number; readonly worth: number }>();
  let [rank, scoreOfRank] = [1, Number.POSITIVE_INFINITY];
  for (const [at, { key, score, weight }] of list.entries()) {
    if (scoreOfRank - score > equal) [rank, scoreOfRank] = [at + 1, score];
    // The first place of a key counts.
    if (!map.has(key)) map.set(key, { rank, worth: weight / (smoothing + rank) });
  }
  return map;
}
