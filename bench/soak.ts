import type { Corpus } from './corpus.ts';
import { benchCorpus } from './setup.ts';
import { median, rounded } from './statistics.ts';
import { VectorApp } from './vector-app.ts';

/** Parts of the soak; memory is read after each. */
const parts = 50;
/** Parts before the memory counts: threads, heaps and the first compaction take theirs. */
const warmUp = 5;

/** What `bench -- soak` prints. Bytes are resident ones of the compute process. */
export type SoakFigures = {
  readonly suite: 'soak';
  readonly vectors: number;
  readonly searches: number;
  readonly upserts: number;
  /** How often the index was made anew to be rid of replaced vectors. */
  readonly compactions: number;
  /** Median of the tenth after the warm-up, and of the last one; null where the system tells none. */
  readonly startBytes: number | null;
  readonly endBytes: number | null;
  readonly peakBytes: number | null;
  readonly growthPercent: number | null;
  /** Vectors that were found under their own id at the end, of 200 that were replaced. */
  readonly foundAtEnd: number;
  readonly seconds: number;
};

/** Searches and replaces for a long time, and looks whether the compute process grows. */
export async function soakSuite(short: boolean): Promise<SoakFigures> {
  const [vectors, searches, upserts] = short ? [280, 1_000, 1_000] : [10_000, 200_000, 20_000];
  const corpus = await benchCorpus(short);
  const app = new VectorApp(corpus.dimensions, 'usearch');
  const began = performance.now();
  try {
    await app.fill(corpus.base.subarray(0, vectors * corpus.dimensions));
    await app.collection.ready();
    const samples: number[] = [];
    let compactions = 0;
    let removed = 0;
    for (let part = 0; part < parts; part += 1) {
      const from = (part * upserts) / parts;
      await replace(app, corpus, vectors, from, upserts / parts);
      await search(app, corpus, searches / parts);
      const now = app.collection.describe().removed;
      if (now < removed) compactions += 1;
      removed = now;
      const bytes = await app.residentBytes();
      if (bytes !== null && part >= warmUp) samples.push(bytes);
    }
    await app.collection.ready();
    const tenth = Math.ceil(samples.length / 10);
    const start = samples.length > 0 ? median(samples.slice(0, tenth)) : null;
    const end = samples.length > 0 ? median(samples.slice(-tenth)) : null;
    return {
      suite: 'soak',
      vectors,
      searches,
      upserts,
      compactions,
      startBytes: start,
      endBytes: end,
      peakBytes: samples.length > 0 ? Math.max(...samples) : null,
      growthPercent: start && end ? rounded((end / start - 1) * 100, 1) : null,
      foundAtEnd: await foundAtEnd(app, corpus, vectors, upserts),
      seconds: rounded((performance.now() - began) / 1000, 0),
    };
  } finally {
    await app.dispose();
  }
}

/** The row that the `nth` replacement puts in place of one of the vectors. */
function replacement({ base, dimensions }: Corpus, vectors: number, nth: number) {
  const rows = base.length / dimensions - vectors;
  return { id: nth % vectors, row: vectors + (nth % rows) };
}

async function replace(
  app: VectorApp,
  corpus: Corpus,
  vectors: number,
  from: number,
  count: number,
) {
  for (let nth = from; nth < from + count; nth += 1) {
    const { id, row } = replacement(corpus, vectors, nth);
    const vector = app.row(corpus.base, row);
    await app.collection.upsert([{ id: `v${id}`, vector, metadata: { nth } }]);
  }
}

async function search(app: VectorApp, { queries, dimensions }: Corpus, count: number) {
  const perPass = queries.length / dimensions;
  for (let done = 0; done < count; done += perPass) {
    const rest = Math.min(perPass, count - done);
    await app.pass(queries.subarray(0, rest * dimensions), 8);
  }
}

async function foundAtEnd(app: VectorApp, corpus: Corpus, vectors: number, upserts: number) {
  let found = 0;
  for (let nth = upserts - 200; nth < upserts; nth += 1) {
    const { id, row } = replacement(corpus, vectors, nth);
    const hits = await app.collection.search(app.row(corpus.base, row), { k: 20 });
    if (hits.some((hit) => hit.id === `v${id}`)) found += 1;
  }
  return found;
}
