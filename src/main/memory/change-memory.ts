import type { MemoryEdit, StoredMemory } from '#main/storage/memory/memory-store.ts';
import { OmegaError } from '#shared/error.ts';
import type { Memory, MemoryChange } from '#shared/memory.ts';
import { tryEmbed } from './embedder.ts';
import type { RecallParts } from './recall.ts';
import { whyWithout } from './store-memories.ts';

const mostTries = 5;
const mostMoves = 100;

/** A memory that was changed; `degraded` says why it has no vector yet, or is null. */
export type Changed = { readonly memory: Memory; readonly degraded: string | null };

/**
 * Changes a memory, and its vector with its text; a move to another tier is noted. Throws
 * `NOT_FOUND`, and a retryable `CONFLICT` where others kept changing it.
 */
export async function changeMemory(
  { store, index, embed }: RecallParts,
  id: string,
  change: MemoryChange,
  now: number,
  signal: AbortSignal | undefined,
): Promise<Changed> {
  if (!(await store.find(id))) throw notFound(id);
  const embedded =
    change.text === undefined ? null : await tryEmbed(embed, change.text, index.dimensions, signal);
  for (let tries = mostTries; tries > 0; tries -= 1) {
    const found = await store.find(id);
    if (!found) throw notFound(id);
    const set = changesOf(found, change, now);
    const { key, revision } = found;
    const edit = { key, revision, set, ...(embedded ? { vector: embedded.vector } : {}) };
    const { done, goneVectors } = await store.apply([{ edits: [edit] }]);
    if (!done[0]) continue;
    index.changed(goneVectors);
    const memory = (await store.find(id))?.memory;
    if (!memory) throw notFound(id);
    return { memory, degraded: whyWithout(embedded?.problem ?? null) };
  }
  const message = `The memory "${id}" was changed by others again and again; try once more.`;
  throw new OmegaError('CONFLICT', message, { retryable: true });
}

/** The error for an id that no memory has. */
export function notFound(id: string): OmegaError {
  const message = `There is no memory "${String(id).slice(0, 64)}"; it may have been deleted, merged into another, or outlived its tier.`;
  return new OmegaError('NOT_FOUND', message);
}

function changesOf({ memory }: StoredMemory, change: MemoryChange, now: number): MemoryEdit['set'] {
  const tags = change.tags && [...new Set(change.tags)].sort();
  const set = { ...change, ...(tags ? { tags } : {}) };
  // A new importance is of now: no time is to be taken from it for what went before.
  const decayedAt = change.importance === undefined ? {} : { decayedAt: now };
  if (change.tier === undefined || change.tier === memory.tier) return { ...set, ...decayedAt };
  const { provenance, tier } = memory;
  const moves = [...provenance.moves, { from: tier, at: now }].slice(-mostMoves);
  return {
    ...set,
    accessedAt: now,
    enteredAt: now,
    decayedAt: now,
    provenance: { ...provenance, moves },
  };
}
