import { setImmediate as breathe } from 'node:timers/promises';
import { throwIfCancelled } from '#main/core/abort.ts';
import type { MemoryScope } from '#main/storage/memory/memory-scope.ts';
import type { MemoryStore } from '#main/storage/memory/memory-store.ts';
import type { MemoryIndex, NearVector } from './memory-index.ts';

/** Times what is wanted that an index is asked for under a filter, and the most of it. */
const overFetch = 8;
const mostFetched = 4_096;
/** Keys that are looked through, and vectors that are compared, between two breaths. */
const rangeKeys = 10_000;
const rangeVectors = 1_000;

/** Memories by meaning, best first, `score` the cosine; `byIndex` is false where no index could be had. */
export type NearMemories = { readonly near: readonly NearVector[]; readonly byIndex: boolean };

/**
 * The memories in scope that are nearest to a vector of length 1. An index is asked for more than is
 * wanted; where too little of that is in scope, or without an index and `exact` asked for, those in
 * scope are compared one by one.
 */
export async function nearestInScope(
  { store, index }: { readonly store: MemoryStore; readonly index: MemoryIndex },
  unit: Float32Array<ArrayBuffer>,
  scope: MemoryScope,
  wanted: number,
  { exact, signal }: { readonly exact: boolean; readonly signal: AbortSignal | undefined },
): Promise<NearMemories> {
  const isFiltered = Object.values(scope.filter).some((condition) => condition !== undefined);
  let fetched = Math.min(mostFetched, wanted * (isFiltered ? overFetch : 1.25));
  for (;;) {
    throwIfCancelled(signal);
    const asked = Math.ceil(fetched);
    const found = await index.nearest(unit, asked);
    if (found === null) {
      if (!exact) return { near: [], byIndex: false };
      return { near: await compareAll(store, index, unit, scope, wanted, signal), byIndex: false };
    }
    const keys = found.map(({ key }) => key);
    const inScope = await store.ofVectors(keys, scope);
    if (inScope.size < keys.length) index.forget(await store.goneVectors(keys));
    const matching = found.flatMap(({ key, score }) => {
      const memory = inScope.get(key);
      return memory === undefined ? [] : [{ key: memory, score }];
    });
    // Less than asked for: the index has no more.
    if (matching.length >= wanted || found.length < asked) {
      return { near: matching.slice(0, wanted), byIndex: true };
    }
    if (fetched >= mostFetched) break;
    fetched = Math.min(mostFetched, fetched * overFetch);
  }
  return { near: await compareAll(store, index, unit, scope, wanted, signal), byIndex: true };
}

async function compareAll(
  store: MemoryStore,
  index: MemoryIndex,
  unit: Float32Array<ArrayBuffer>,
  scope: MemoryScope,
  wanted: number,
  signal: AbortSignal | undefined,
): Promise<readonly NearVector[]> {
  let best: readonly NearVector[] = [];
  const last = await store.lastKey();
  for (let from = 0; from < last; from += rangeKeys) {
    const range = { from, to: from + rangeKeys };
    const inScope = await store.vectorKeys(scope, range, rangeKeys);
    for (let at = 0; at < inScope.length; at += rangeVectors) {
      throwIfCancelled(signal);
      const part = inScope.slice(at, at + rangeVectors);
      const memories = new Map(part.map(({ key, vectorKey }) => [vectorKey, key]));
      const near = index
        .among(unit, [...memories.keys()], wanted)
        .map(({ key, score }) => ({ key: memories.get(key) ?? 0, score }));
      best = [...best, ...near].sort((a, b) => b.score - a.score).slice(0, wanted);
      await breathe();
    }
    await breathe();
  }
  return best;
}
