import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { OmegaApi } from '#main/runtime/omega-api.ts';
import type { KeptMemory, Ledger } from './kills-ledger.ts';
import { killsRuntime, vectorOf, wordOf } from './kills-runtime.ts';

/** Whether SQLite finds the whole store sound: its pages and indexes, and what rows refer to. */
export function isSound(dataFolder: string): boolean {
  const db = new Sqlite(join(dataFolder, 'omega.db'));
  try {
    const verdict = db.pragma('integrity_check', { simple: true });
    const dangling = db.pragma('foreign_key_check') as readonly unknown[];
    return verdict === 'ok' && dangling.length === 0;
  } finally {
    db.close();
  }
}

/** What an opened runtime lacks of what was acknowledged, in words; `byVector` also asks the index. */
export async function lostOf(
  dataFolder: string,
  ledger: Ledger,
  byVector: boolean,
): Promise<readonly string[]> {
  const runtime = killsRuntime(dataFolder);
  await runtime.start();
  try {
    const api = new OmegaApi(runtime);
    const lost: string[] = [];
    if (runtime.storage.notice !== null) lost.push(runtime.storage.notice);
    for (const [id, kept] of ledger.memories) {
      if (!(await hasMemory(api, id, kept, byVector))) lost.push(`memory ${id}`);
    }
    for (const id of ledger.deleted) {
      if ((await api.getMemory(id)) !== null) lost.push(`deletion of ${id}`);
    }
    for (const [id, seed] of ledger.vectors) {
      if (!(await hasVector(api, id, seed, byVector))) lost.push(`vector ${id}`);
    }
    for (const [id, seed] of ledger.episodes) {
      const stored = runtime.storage.episodes.get(id)?.task === wordOf(seed);
      if (!stored || (byVector && !(await findsEpisode(api, id, seed)))) lost.push(`episode ${id}`);
    }
    return lost;
  } finally {
    await runtime.dispose();
  }
}

async function hasMemory(api: OmegaApi, id: string, kept: KeptMemory, byVector: boolean) {
  const memory = await api.getMemory(id);
  if (!memory?.text.endsWith(wordOf(kept.seed))) return false;
  if (kept.turn !== null && memory.metadata.turn !== kept.turn) return false;
  const { memories } = await api.queryMemories({ text: wordOf(kept.seed), limit: 1 });
  if (memories[0]?.memory.id !== id) return false;
  if (!byVector) return true;
  const found = await api.queryMemories({ embedding: vectorOf(kept.seed), limit: 1 });
  return found.degraded === null && found.memories[0]?.memory.id === id;
}

async function hasVector(api: OmegaApi, id: string, seed: number, byVector: boolean) {
  const vector = vectorOf(seed);
  const stored = await api.getVector({ collection: 'kills', id });
  // Cosine is all that is kept of a vector where the store scales it.
  const dot = stored?.vector.reduce((sum, value, at) => sum + value * (vector[at] ?? 0), 0) ?? 0;
  const lengths = Math.hypot(...vector) * Math.hypot(...(stored?.vector ?? [0]));
  if (Math.abs(dot / lengths - 1) > 1e-5) return false;
  if (!byVector) return true;
  const found = await api.searchVectors({ collection: 'kills', vector, k: 1 });
  return found.degraded === null && found.hits[0]?.id === id;
}

async function findsEpisode(api: OmegaApi, id: string, seed: number): Promise<boolean> {
  const found = await api.recallEpisodes({ embedding: vectorOf(seed), limit: 1 });
  return found.degraded === null && found.episodes[0]?.episode.id === id;
}
