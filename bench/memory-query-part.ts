import type { MemoryApp } from './memory-app.ts';
import type { MemoryCorpus } from './memory-corpus.ts';
import { median, percentile, rounded } from './statistics.ts';

/** How long queries take, in ms. */
export type QueryTimes = { readonly p50Ms: number; readonly p95Ms: number };

/** Hybrid queries for texts of the memories' own length that were held out, one after the other. */
export async function queryTimes(
  app: MemoryApp,
  { heldOut }: MemoryCorpus,
  { embeds, rounds }: { readonly embeds: boolean; readonly rounds: number },
): Promise<QueryTimes> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const { text, vector } of heldOut) {
      const query = embeds ? { text } : { text, embedding: vector };
      const began = performance.now();
      const { memories, degraded } = await app.memories.query(query);
      times.push(performance.now() - began);
      if (memories.length === 0 || degraded !== null) {
        throw new Error(`A query was not answered whole: ${degraded ?? 'nothing found'}`);
      }
    }
  }
  return { p50Ms: rounded(median(times)), p95Ms: rounded(percentile(times, 0.95)) };
}
