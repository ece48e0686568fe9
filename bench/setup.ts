import { ensurePeers } from '../scripts/lib/peers.mjs';
import { root } from '../scripts/lib/root.mjs';
import { type Corpus, embeddedCorpus, smallCorpus } from './corpus.ts';

/** Rows that are searched in and queries that were held out, at the size of the full benchmark. */
const full = { base: 100_000, queries: 1_000 };
const small = { base: 300, queries: 20 };

/** What the suites about vectors work on; the full one is made, once, where it is not there yet. */
export async function benchCorpus(short: boolean): Promise<Corpus> {
  if (short) return smallCorpus(small.base, small.queries);
  await ensurePeers(root, process.execPath);
  return embeddedCorpus(full.base, full.queries);
}

if (import.meta.main) await benchCorpus(false);
