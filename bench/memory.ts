import { MemoryApp } from './memory-app.ts';
import { type ConsolidationFigures, consolidationPart } from './memory-consolidation-part.ts';
import { memoryCorpus } from './memory-corpus.ts';
import { type QueryTimes, queryTimes } from './memory-query-part.ts';
import { type RetrievalFigures, retrievalPart } from './memory-retrieval-part.ts';
import { type StoreFigures, storePart } from './memory-store-part.ts';
import { rounded } from './statistics.ts';

/** What `bench -- memory` prints. Times in ms unless named otherwise. */
export type MemoryFigures = {
  readonly suite: 'memory';
  readonly memories: number;
  readonly engine: string;
  readonly store: StoreFigures;
  readonly query: QueryTimes & {
    /** With the query's text embedded too. */
    readonly withEmbeddingP50Ms: number;
    readonly withEmbeddingP95Ms: number;
    /** Median at all memories over that at a tenth of them. */
    readonly growth: number;
    readonly growthP95: number;
    readonly atATenth: QueryTimes;
  };
  readonly retrieval: RetrievalFigures;
  readonly consolidation: ConsolidationFigures;
};

/** Measures memory on real texts, embeddings and the real index. */
export async function memorySuite(short: boolean): Promise<MemoryFigures> {
  const corpus = await memoryCorpus(short);
  let app = new MemoryApp(corpus);
  const all = corpus.texts.length;
  const rounds = short ? 1 : 2;
  try {
    await app.fill(all / 10);
    await queryTimes(app, corpus, { embeds: false, rounds: 1 });
    const atATenth = await queryTimes(app, corpus, { embeds: false, rounds });
    await app.fill(all);
    await queryTimes(app, corpus, { embeds: false, rounds: 1 });
    const times = await queryTimes(app, corpus, { embeds: false, rounds });
    await app.warmUp();
    const embedding = await queryTimes(app, corpus, { embeds: true, rounds: 1 });
    const retrieval = await retrievalPart(app, corpus);
    const { engine, folder } = app;
    await app.close();
    const consolidation = await consolidationPart(folder, corpus.dimensions);
    app = new MemoryApp(corpus, { folder });
    const store = await storePart(corpus, app, short);
    return {
      suite: 'memory',
      memories: all,
      engine,
      store,
      query: {
        ...times,
        withEmbeddingP50Ms: embedding.p50Ms,
        withEmbeddingP95Ms: embedding.p95Ms,
        growth: rounded(times.p50Ms / atATenth.p50Ms),
        growthP95: rounded(times.p95Ms / atATenth.p95Ms),
        atATenth,
      },
      retrieval,
      consolidation,
    };
  } finally {
    await app.dispose();
  }
}
