import { setImmediate as breathe } from 'node:timers/promises';
import { throwIfCancelled } from '#main/core/abort.ts';
import type { MemoryScope } from '#main/storage/memory/memory-scope.ts';
import type { MemoryStore, StoredMemory } from '#main/storage/memory/memory-store.ts';
import type { FoundMemory } from '#shared/memory.ts';
import { unitVector } from './check-embedding.ts';
import { type Embed, tryEmbed } from './embedder.ts';
import { type FusedKey, fuseRanks, type RankedKey, textWeight } from './fuse-ranks.ts';
import type { MemoryIndex } from './memory-index.ts';
import { nearestInScope } from './nearest-in-scope.ts';
import { largestBoost, rankFound, scoreOf } from './rank-found.ts';

/** Places of each list that are fused, at least, and times the memories that are wanted. */
const leastDepth = 100;
const depthShare = 3;
/** Keys that are looked through between two breaths where nothing is searched for. */
const rangeKeys = 10_000;

/** What recall stands on. */
export type RecallParts = {
  readonly store: MemoryStore;
  readonly index: MemoryIndex;
  readonly embed: Embed;
};

/** What is looked for; at least one of both, or the newest are given. */
export type Sought = { readonly text: string | null; readonly embedding: Float32Array | null };

/** An answer: `keys` are those of the memories, in their order. */
export type Recalled = {
  readonly memories: readonly FoundMemory[];
  readonly keys: readonly number[];
  readonly degraded: string | null;
};

/** Finds memories in scope by words and by meaning; without either the newest. */
export async function recall(
  parts: RecallParts,
  { text, embedding }: Sought,
  scope: MemoryScope,
  limit: number,
  signal: AbortSignal | undefined,
): Promise<Recalled> {
  if (text === null && embedding === null) return newest(parts.store, scope, limit, signal);
  const depth = Math.max(leastDepth, limit * depthShare);
  const meaning = byMeaning(parts, { text, embedding }, scope, depth, signal);
  // Its failure is awaited below, after the words.
  meaning.catch(() => undefined);
  // The other process works on the meaning while this one looks for the words.
  await breathe();
  throwIfCancelled(signal);
  const hits = text === null ? [] : await parts.store.searchText(text, scope, depth);
  const memories = hits.length === 0 ? 0 : await parts.store.lastKey();
  const words = hits.map((hit) => ({ ...hit, weight: textWeight(hit.score, memories) }));
  const { near, degraded } = await meaning;
  const fused = fuseRanks(words, near);
  return { ...(await chosen(parts.store, fused, scope, limit)), degraded };
}

async function byMeaning(
  parts: RecallParts,
  { text, embedding }: Sought,
  scope: MemoryScope,
  depth: number,
  signal: AbortSignal | undefined,
): Promise<{ readonly near: readonly RankedKey[]; readonly degraded: string | null }> {
  const given = embedding && { vector: embedding, problem: null };
  const { vector, problem } =
    given ?? (await tryEmbed(parts.embed, text ?? '', parts.index.dimensions, signal));
  if (problem !== null) {
    return {
      near: [],
      degraded: `Found by words alone: the text could not be embedded (${problem})`,
    };
  }
  if (vector === null) return { near: [], degraded: null };
  const options = { exact: text === null, signal };
  const { near, byIndex } = await nearestInScope(parts, unitVector(vector), scope, depth, options);
  const how = text === null ? 'Compared one by one' : 'Found by words alone';
  const degraded = byIndex ? null : `${how}: the index of vectors cannot be had now.`;
  return { near: near.map((one) => ({ ...one, weight: 1 })), degraded };
}

/** Reads those that can be among the first, whatever their age and worth add. */
async function chosen(
  store: MemoryStore,
  fused: readonly FusedKey[],
  scope: MemoryScope,
  limit: number,
): Promise<Omit<Recalled, 'degraded'>> {
  const reach = (fused[limit - 1]?.score ?? 0) / largestBoost;
  const within = new Map(
    fused.filter(({ score }) => score >= reach).map((one) => [one.key, one] as const),
  );
  const stored = await store.matching([...within.keys()], scope);
  const keyOf = new Map(stored.map(({ key, memory }) => [memory.id, key]));
  const found = stored.flatMap(({ key, memory }) => {
    const one = within.get(key);
    if (!one) return [];
    const { textRank, vectorRank } = one;
    return [{ memory, score: scoreOf(one.score, memory, scope.now), textRank, vectorRank }];
  });
  const memories = rankFound(found).slice(0, limit);
  return { memories, keys: memories.map(({ memory }) => keyOf.get(memory.id) ?? 0) };
}

async function newest(
  store: MemoryStore,
  scope: MemoryScope,
  limit: number,
  signal: AbortSignal | undefined,
): Promise<Recalled> {
  const found: StoredMemory[] = [];
  for (let to = await store.lastKey(); to > 0 && found.length < limit; to -= rangeKeys) {
    throwIfCancelled(signal);
    found.push(...(await store.newest(scope, { from: to - rangeKeys, to }, limit - found.length)));
    await breathe();
  }
  const memories = found.map(({ memory }) => ({
    memory,
    score: scoreOf(1, memory, scope.now),
    textRank: null,
    vectorRank: null,
  }));
  return { memories, keys: found.map(({ key }) => key), degraded: null };
}
