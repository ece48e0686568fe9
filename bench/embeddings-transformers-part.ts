import type { Acceleration } from '#main/acceleration/acceleration.ts';
import { sentences } from './sentences.ts';
import { median, rounded, timed } from './statistics.ts';
import type { TransformersSetup } from './transformers-child.ts';
import { hasTransformers, TransformersPeer } from './transformers-peer.ts';

/** The app against transformers.js on short texts; rates are texts per second, medians. */
export type TransformersFigures = {
  readonly shortTexts: number;
  readonly shortTextsPerSecond: number;
  /** All null where the peers are not installed. */
  readonly transformersTextsPerSecond: number | null;
  /** Texts in a call that were fastest for it. */
  readonly transformersBatch: number | null;
  /** Median of the ratio of each round, app over transformers.js at its best. */
  readonly ratioToTransformersJs: number | null;
  /** The same over transformers.js with arrays of 64. */
  readonly ratioToTransformersJs64: number | null;
  /** Largest difference of any number of the first text's vector: that it is the same model. */
  readonly transformersDeviation: number | null;
};

const sizes = [1, 8, 64] as const;
/** Words of a short text at most. */
const shortWords = 13;

/** Both embed the same short texts in turn, the peer one at a time, by 8 and by 64. */
export async function measureTransformers(
  app: Acceleration,
  setup: TransformersSetup,
  short: boolean,
): Promise<TransformersFigures> {
  const [count, repeats] = short ? [16, 1] : [128, 9];
  const texts = sentences(count * 4)
    .filter((text) => text.split(' ').length <= shortWords)
    .slice(0, count);
  const { vectors } = await app.embedTexts(texts);
  const own = () => timed(() => app.embedTexts(texts));
  if (!hasTransformers) {
    process.stderr.write('transformers.js is not installed; run: npm run bench:setup\n');
    const ms: number[] = [];
    while (ms.length < repeats) ms.push(await own());
    return {
      shortTexts: texts.length,
      shortTextsPerSecond: rounded((texts.length / median(ms)) * 1000, 1),
      transformersTextsPerSecond: null,
      transformersBatch: null,
      ratioToTransformersJs: null,
      ratioToTransformersJs64: null,
      transformersDeviation: null,
    };
  }
  const peer = await TransformersPeer.open(setup);
  try {
    const deviations: number[] = [];
    const theirs = async (rows: number): Promise<number> => {
      const { ms, first } = await peer.run(texts, rows);
      deviations.push(...first.map((value, i) => Math.abs(value - (vectors[i] ?? 0))));
      return ms;
    };
    for (const rows of sizes) await theirs(rows);
    const rounds: { app: number; peer: readonly number[] }[] = [];
    while (rounds.length < repeats) {
      rounds.push({ app: await own(), peer: [await theirs(1), await theirs(8), await theirs(64)] });
    }
    const middle = sizes.map((_, i) => median(rounds.map((round) => round.peer[i] ?? 0)));
    const best = middle.indexOf(Math.min(...middle));
    const ratio = (i: number) =>
      rounded(median(rounds.map((round) => (round.peer[i] ?? 0) / round.app)), 3);
    const rate = (ms: number) => rounded((texts.length / ms) * 1000, 1);
    return {
      shortTexts: texts.length,
      shortTextsPerSecond: rate(median(rounds.map((round) => round.app))),
      transformersTextsPerSecond: rate(middle[best] ?? 0),
      transformersBatch: sizes[best] ?? 1,
      ratioToTransformersJs: ratio(best),
      ratioToTransformersJs64: ratio(sizes.indexOf(64)),
      transformersDeviation: rounded(Math.max(...deviations), 6),
    };
  } finally {
    peer.dispose();
  }
}
