import { embeddedCorpus } from './corpus.ts';

/** Rows that are searched in and queries that were held out, at the size of the full benchmark. */
export const fullCorpus = { base: 100_000, queries: 1_000 };

if (import.meta.main) await embeddedCorpus(fullCorpus.base, fullCorpus.queries);
