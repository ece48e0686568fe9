import { setImmediate as breathe } from 'node:timers/promises';
import { throwIfCancelled } from '#main/core/abort.ts';
import type { MemoryScope } from '#main/storage/memory/memory-scope.ts';
import { tierNumber } from '#main/storage/memory/memory-scope.ts';
import type { EditGroup, MemoryStore, StoredMemory } from '#main/storage/memory/memory-store.ts';
import type { Memory } from '#shared/memory.ts';
import type { MemoryIndex } from './memory-index.ts';
import { alikeFrom, canBeOne, fuller } from './near-duplicate.ts';

/** Vectors that are looked up at once, and neighbours of each that are looked at. */
const pageVectors = 32;
const neighbours = 4;
const mostNamed = 100;

/** How far merging came. */
export type Merged = {
  readonly merged: number;
  /** Vectors up to this key were compared. */
  readonly upto: number;
  /** Why the rest was left for another time, or null. */
  readonly degraded: string | null;
};

/**
 * Makes one of memories that say the same. Each vector that is new since the last time is compared
 * with its neighbours once. Two become one where they are alike by meaning, one text holds all that
 * the other says, and nothing else that is noted of them differs: so no fact is lost.
 */
export async function mergeDuplicates(
  { store, index }: { readonly store: MemoryStore; readonly index: MemoryIndex },
  scope: MemoryScope,
  from: number,
  signal: AbortSignal,
): Promise<Merged> {
  let [merged, upto] = [0, from];
  for (;;) {
    throwIfCancelled(signal);
    const page = index.keysAfter(upto, pageVectors);
    const last = page.at(-1);
    if (last === undefined) return { merged, upto, degraded: null };
    const units = index.units(page);
    const near = await Promise.all(
      page.map((vectorKey) => {
        const unit = units.get(vectorKey);
        return unit ? index.nearest(unit, neighbours) : [];
      }),
    );
    for (const [at, vectorKey] of page.entries()) {
      const found = near[at];
      if (!found) {
        const degraded = 'Duplicates were not looked for: the index of vectors cannot be had now.';
        return { merged, upto, degraded };
      }
      // An older neighbour only: of two new ones the later finds the earlier.
      const alike = found.filter((one) => one.score >= alikeFrom && one.key < vectorKey);
      if (alike.length > 0 && (await mergeInto(store, index, vectorKey, alike, scope))) merged += 1;
    }
    upto = last;
    await breathe();
  }
}

/** Merges a memory with the first of its neighbours that says the same; whether there was one. */
async function mergeInto(
  store: MemoryStore,
  index: MemoryIndex,
  vectorKey: number,
  alike: readonly { readonly key: number }[],
  scope: MemoryScope,
): Promise<boolean> {
  const keyOf = await store.ofVectors([vectorKey, ...alike.map((one) => one.key)], scope);
  const key = keyOf.get(vectorKey);
  const others = [...new Set(keyOf.values())].filter((other) => other !== key);
  if (key === undefined || others.length === 0) return false;
  const [mine, ...stored] = await store.matching([key, ...others], scope);
  if (mine?.key !== key) return false;
  for (const other of stored) {
    const group = joined(mine, other, index);
    if (!group) continue;
    const { done, goneVectors } = await store.apply([group]);
    index.changed(goneVectors);
    return done[0] === true;
  }
  return false;
}

/** What makes one of two memories; null where they are two. The longer lived stays, or the older. */
function joined(one: StoredMemory, other: StoredMemory, index: MemoryIndex): EditGroup | null {
  const saysMore = fuller(one.memory.text, other.memory.text);
  if (saysMore === null || !canBeOne(one.memory, other.memory)) return null;
  const step = tierNumber(one.memory.tier) - tierNumber(other.memory.tier);
  const stays = step > 0 || (step === 0 && one.key < other.key) ? one : other;
  const goes = stays === one ? other : one;
  const isFuller = fuller(stays.memory.text, goes.memory.text) === 'one';
  return {
    edits: [
      {
        key: stays.key,
        revision: stays.revision,
        set: {
          ...union(stays.memory, goes.memory),
          ...(isFuller ? {} : { text: goes.memory.text }),
        },
        ...(isFuller ? {} : { vector: vectorOf(goes, index) }),
      },
    ],
    removes: [{ key: goes.key, revision: goes.revision }],
  };
}

function vectorOf({ vectorKey }: StoredMemory, index: MemoryIndex): Float32Array | null {
  return vectorKey === null ? null : (index.units([vectorKey]).get(vectorKey) ?? null);
}

function union(stays: Memory, goes: Memory) {
  const { id, provenance } = goes;
  const named = {
    id,
    source: provenance.source,
    ...(provenance.ref === undefined ? {} : { ref: provenance.ref }),
  };
  const merged = [...stays.provenance.merged, ...provenance.merged, named].slice(-mostNamed);
  return {
    importance: Math.max(stays.importance, goes.importance),
    confidence: Math.max(stays.confidence, goes.confidence),
    tags: [...new Set([...stays.tags, ...goes.tags])],
    metadata: { ...goes.metadata, ...stays.metadata },
    createdAt: Math.min(stays.createdAt, goes.createdAt),
    accessedAt: Math.max(stays.accessedAt, goes.accessedAt),
    addUses: goes.uses,
    provenance: { ...stays.provenance, merged },
  };
}
