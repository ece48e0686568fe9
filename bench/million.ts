import { BestKeys } from '#main/acceleration/vectors/engines/best-keys.ts';
import { scanRows } from '#main/acceleration/vectors/engines/scan-rows.ts';
import { emptyFound } from '#main/acceleration/vectors/engines/vector-engine.ts';
import type { Corpus } from './corpus.ts';
import { recall } from './recall.ts';
import { benchCorpus } from './setup.ts';
import { rounded, timed } from './statistics.ts';
import { seededRandom } from './synthetic-source.ts';
import { VectorApp } from './vector-app.ts';

const k = 10;
/** Length of what is added to a copy, whose vector has length 1: about 0.9 of likeness is left. */
const noise = 0.5;

/** What `bench -- million` prints. */
export type MillionFigures = {
  readonly suite: 'million';
  readonly vectors: number;
  /** How many of them are real; the others are copies with noise, and say less about recall. */
  readonly real: number;
  readonly engine: string;
  readonly effort: number | null;
  readonly recallAt10: number;
  readonly queriesPerSecond: number;
  readonly storeSeconds: number;
  /** From the first search's question until the index is built, measured and saved. */
  readonly readySeconds: number;
  readonly buildSeconds: number | null;
  readonly bytesPerVector: number;
  readonly residentBytesPerVector: number | null;
  readonly restartSeconds: number;
};

/** Ten times the real embeddings, nine of them with noise: whether the index still stands there. */
export async function millionSuite(short: boolean): Promise<MillionFigures> {
  const corpus = await benchCorpus(short);
  const { dimensions, queries } = corpus;
  const real = corpus.base.length / dimensions;
  const count = queries.length / dimensions;
  const best = Array.from({ length: count }, () => new BestKeys(k));
  const app = new VectorApp(dimensions, 'usearch');
  try {
    let storeMs = 0;
    for (let copy = 0; copy < 10; copy += 1) {
      const rows = perturbed(corpus, copy);
      const keys = Float64Array.from({ length: real }, (_, row) => copy * real + row);
      scanRows(keys, rows, new Float32Array(queries), dimensions, k, best);
      storeMs += await timed(() => app.fill(rows, copy * real));
      process.stderr.write(`bench: stored ${(copy + 1) * real} vectors\n`);
    }
    const truth = emptyFound(count * k);
    for (const [query, list] of best.entries()) list.into(truth, query * k);
    const readyMs = await timed(() => app.collection.ready());
    const { record, vectors } = app.collection.describe();
    const { keys } = await app.pass(queries, 8);
    const { ms } = await app.pass(queries, 8);
    const resident = await app.residentBytes();
    const bytes = (await app.collection.save()) ?? 0;
    const restartMs = await timed(() => app.restart());
    return {
      suite: 'million',
      vectors,
      real,
      engine: Object.values(record.choice).join(' '),
      effort: record.effort,
      recallAt10: rounded(recall(keys, truth.keys, k), 4),
      queriesPerSecond: rounded((count / ms) * 1000, 0),
      storeSeconds: rounded(storeMs / 1000, 0),
      readySeconds: rounded(readyMs / 1000, 0),
      buildSeconds: record.figures && rounded(record.figures.buildMs / 1000, 0),
      bytesPerVector: Math.round(bytes / vectors),
      residentBytesPerVector: resident && Math.round(resident / vectors),
      restartSeconds: rounded(restartMs / 1000, 1),
    };
  } finally {
    await app.dispose();
  }
}

/** The real vectors for copy 0, otherwise each with noise of its own, scaled back to length 1. */
function perturbed({ base, dimensions }: Corpus, copy: number): Float32Array<ArrayBuffer> {
  const rows = new Float32Array(base);
  if (copy === 0) return rows;
  const random = seededRandom(copy);
  // Uniform numbers of this width have the wanted length over all dimensions.
  const width = noise * Math.sqrt(12 / dimensions);
  for (let start = 0; start < rows.length; start += dimensions) {
    let sum = 0;
    for (let at = start; at < start + dimensions; at += 1) {
      const value = (rows[at] ?? 0) + (random() - 0.5) * width;
      rows[at] = value;
      sum += value * value;
    }
    const scale = 1 / Math.sqrt(sum);
    for (let at = start; at < start + dimensions; at += 1) rows[at] = (rows[at] ?? 0) * scale;
  }
  return rows;
}
