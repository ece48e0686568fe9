import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { embeddingDimensions } from '#main/acceleration/embeddings/model-files.ts';
import { fixed } from '#main/core/live.ts';
import { OmegaApi } from '#main/runtime/omega-api.ts';
import { OmegaRuntime } from '#main/runtime/omega-runtime.ts';
import { configDefaults } from '#shared/config.ts';
import type { KeptMemory, Ledger } from './kills-ledger.ts';
import { collection, killsRuntime, vectorOf, wordOf } from './kills-runtime.ts';

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

/** What a runtime that opens the folder lacks of what was acknowledged: rows, words and vectors. */
export function lostByWords(dataFolder: string, ledger: Ledger): Promise<readonly string[]> {
  const runtime = new OmegaRuntime({ dataFolder, config: fixed(configDefaults) });
  return inRuntime(runtime, async (api) => {
    const { storage } = runtime;
    const lost = storage.notice === null ? [] : [storage.notice];
    const vectors = storage.memories.vectors(embeddingDimensions);
    for (const [id, kept] of ledger.memories) {
      const key = storage.memories.find(id)?.vectorKey ?? -1;
      const { rows } = vectors.rows([key]);
      const there = isLike(rows, kept.seed) && (await isFoundByWords(api, id, kept));
      if (!there) lost.push(`memory ${id}`);
    }
    for (const id of ledger.deleted) {
      if ((await api.getMemory(id)) !== null) lost.push(`deletion of memory ${id}`);
    }
    const row = storage.vectors.collections.find(`agents.${collection}`);
    for (const [id, seed] of ledger.vectors) {
      const stored = row && storage.vectors.get(row.id, id);
      if (!isLike(stored?.vector, seed)) lost.push(`vector ${id}`);
    }
    for (const [id, seed] of ledger.episodes) {
      if (storage.episodes.get(id)?.task !== wordOf(seed)) lost.push(`episode ${id}`);
    }
    return lost;
  });
}

/** What a runtime with an index does not find by its vector of what was acknowledged. */
export function lostByVector(dataFolder: string, ledger: Ledger): Promise<readonly string[]> {
  return inRuntime(killsRuntime(dataFolder), async (api) => {
    const lost: string[] = [];
    for (const [id, { seed }] of ledger.memories) {
      const { degraded, memories } = await api.queryMemories({
        embedding: vectorOf(seed),
        limit: 1,
      });
      if (degraded !== null || memories[0]?.memory.id !== id) lost.push(`memory ${id}`);
    }
    for (const [id, seed] of ledger.vectors) {
      const { degraded, hits } = await api.searchVectors({
        ...{ collection, vector: vectorOf(seed), k: 1 },
      });
      if (degraded !== null || hits[0]?.id !== id) lost.push(`vector ${id}`);
    }
    for (const [id, seed] of ledger.episodes) {
      const { degraded, episodes } = await api.recallEpisodes({
        embedding: vectorOf(seed),
        limit: 1,
      });
      if (degraded !== null || episodes[0]?.episode.id !== id) lost.push(`episode ${id}`);
    }
    return lost;
  });
}

async function inRuntime<T>(runtime: OmegaRuntime, task: (api: OmegaApi) => Promise<T>) {
  await runtime.start();
  try {
    return await task(new OmegaApi(runtime));
  } finally {
    await runtime.dispose();
  }
}

async function isFoundByWords(api: OmegaApi, id: string, { seed, turn }: KeptMemory) {
  const { memories } = await api.queryMemories({ text: wordOf(seed), limit: 1 });
  const memory = memories[0]?.memory;
  if (memory?.id !== id || !memory.text.endsWith(wordOf(seed))) return false;
  return turn === null || memory.metadata.turn === turn;
}

/** Whether it is the vector of that seed; what is stored may be scaled, its direction is kept. */
function isLike(stored: Float32Array | undefined, seed: number): boolean {
  if (!stored?.length) return false;
  const wanted = vectorOf(seed);
  const dot = stored.reduce((sum, value, at) => sum + value * (wanted[at] ?? 0), 0);
  return Math.abs(dot / (Math.hypot(...stored) * Math.hypot(...wanted)) - 1) < 1e-4;
}
