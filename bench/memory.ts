import { setTimeout as sleep } from 'node:timers/promises';
import type { ConsolidationReport } from '#shared/memory.ts';
import { maxStallMs } from './event-loop-stalls.ts';
import { MemoryApp } from './memory-app.ts';
import { memoryCorpus } from './memory-corpus.ts';
import { type QueryTimes, queryTimes } from './memory-query-part.ts';
import { type RetrievalFigures, retrievalPart } from './memory-retrieval-part.ts';
import { type StoreFigures, storePart } from './memory-store-part.ts';
import { rounded } from './statistics.ts';

const dayMs = 86_400_000;

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
  readonly consolidation: {
    /** Longest that the event loop was held meanwhile, and as long a wait without. */
    readonly maxStallMs: number;
    readonly idleMaxStallMs: number;
    readonly seconds: number;
    readonly report: ConsolidationReport;
    /** A second run at the same time must find nothing to do. */
    readonly again: ConsolidationReport;
  };
};

/** Measures memory on real texts, embeddings and the real index. */
export async function memorySuite(short: boolean): Promise<MemoryFigures> {
  const corpus = await memoryCorpus(short);
  const app = new MemoryApp(corpus);
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
    const consolidation = await consolidationPart(app);
    const store = await storePart(corpus, app, short);
    return {
      suite: 'memory',
      memories: all,
      engine: app.engine,
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

/** Twenty days later: what matters moves up, the rest fades, all are compared with their neighbours. */
async function consolidationPart(app: MemoryApp): Promise<MemoryFigures['consolidation']> {
  app.ahead = 20 * dayMs;
  const idle = await maxStallMs(() => sleep(2_000));
  const began = performance.now();
  const runs: ConsolidationReport[] = [];
  const stall = await maxStallMs(async () => {
    runs.push(await app.memories.consolidate());
  });
  const seconds = rounded((performance.now() - began) / 1000, 1);
  const [report] = runs;
  if (!report) throw new Error('A consolidation gave no report.');
  const again = await app.memories.consolidate();
  return { maxStallMs: stall, idleMaxStallMs: idle, seconds, report, again };
}
