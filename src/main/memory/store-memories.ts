import type { z } from 'zod';
import { throwIfCancelled } from '#main/core/abort.ts';
import type { MemoryToStore } from '#main/storage/memory/memory-store.ts';
import { newMemorySchema } from '#shared/memory.ts';
import { embedAll } from './backfill.ts';
import { checkEmbedding } from './check-embedding.ts';
import { tryEmbed } from './embedder.ts';
import { parseMemory } from './parse-memory.ts';
import type { RecallParts } from './recall.ts';

/** A memory that was stored; `degraded` says why it has no vector yet, or is null. */
export type Stored = { readonly id: string; readonly degraded: string | null };

/** A memory as it was given, with all that was left out. */
export type GivenMemory = z.output<typeof newMemorySchema>;

/** Parses a memory that is to be stored. Throws `INVALID_INPUT`. */
export function parseNew(input: unknown, dimensions: number): GivenMemory {
  const given = parseMemory(newMemorySchema, 'storeMemory', input);
  if (given.embedding) checkEmbedding(given.embedding, dimensions);
  return given;
}

/** Stores one memory; with its embedding given nothing is waited for before it is written. */
export async function storeOne(
  { store, index, embed }: RecallParts,
  given: GivenMemory,
  now: number,
  signal: AbortSignal | undefined,
): Promise<Stored> {
  throwIfCancelled(signal);
  const embedded = given.embedding
    ? { vector: given.embedding, problem: null }
    : await tryEmbed(embed, given.text, index.dimensions, signal);
  const [id = ''] = await store.insert([toStore(given, embedded.vector, now)]);
  index.changed();
  return { id, degraded: whyWithout(embedded.problem) };
}

/** Stores memories in one transaction, all or none. */
export async function storeAll(
  { store, index, embed }: RecallParts,
  given: readonly GivenMemory[],
  now: number,
  signal: AbortSignal | undefined,
): Promise<readonly Stored[]> {
  throwIfCancelled(signal);
  const without = given.filter(({ embedding }) => !embedding);
  const texts = without.map(({ text }) => text);
  const made = texts.length > 0 ? await embedAll(embed, texts, index.dimensions, signal) : [];
  const embedded = new Map(without.map((one, at) => [one, made[at]] as const));
  const rows = given.map((one) =>
    toStore(one, one.embedding ?? embedded.get(one)?.vector ?? null, now),
  );
  const ids = await store.insert(rows);
  index.changed();
  return ids.map((id, at) => {
    const one = given[at];
    const problem = one && embedded.get(one)?.problem;
    return { id, degraded: whyWithout(problem ?? null) };
  });
}

/** Why a memory has no vector, as a person reads it. */
export function whyWithout(problem: string | null): string | null {
  return problem && `It is found by words alone until its text can be embedded (${problem})`;
}

function toStore(given: GivenMemory, vector: Float32Array | null, now: number): MemoryToStore {
  const { source, ref } = given;
  return {
    tier: given.tier,
    type: given.type,
    text: given.text,
    importance: given.importance,
    confidence: given.confidence,
    tags: given.tags.length > 1 ? [...new Set(given.tags)].sort() : given.tags,
    metadata: given.metadata,
    createdAt: now,
    accessedAt: now,
    uses: 0,
    provenance: { source, ...(ref === undefined ? {} : { ref }), merged: [], moves: [] },
    vector,
  };
}
