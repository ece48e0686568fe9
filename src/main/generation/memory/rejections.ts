import { sha256 } from '#main/core/hash.ts';
import type { Finding } from '#shared/artifact.ts';
import type { FoundMemory } from '#shared/memory.ts';
import { readLesson, rejectedSchema } from './lesson.ts';
import { note } from './note.ts';
import type { ProposalMemory } from './proposal-memory.ts';
import type { Wish } from './wish.ts';

/** Rejections that are kept of one project; of more, the newest. */
const maxRejections = 1_000;

/** What a person should know who rejected a file in this place before. */
export function rejectionNotes(found: readonly FoundMemory[], content: string): readonly Finding[] {
  const read = found.map(({ memory }) => readLesson(rejectedSchema, memory)).find(Boolean);
  if (!read) return [];
  const { memory, lesson } = read;
  const day = new Date(lesson.at).toISOString().slice(0, 10);
  const same = lesson.contentHash === sha256(content);
  const what = same ? 'exactly this text' : 'an earlier text';
  return [note(`You rejected ${what} for this file on ${day} (memory ${memory.id}).`)];
}

/**
 * Brings what is remembered of rejections into line with decisions on files of one project: a
 * rejected file has one, any other has none.
 */
export async function settleRejections(
  memory: ProposalMemory,
  wishes: readonly Wish[],
  signal: AbortSignal,
): Promise<void> {
  const project = wishes[0]?.target.project;
  if (project === undefined) return;
  const known = new Map<string, string>();
  const query = { types: ['rejected'], tags: [project], limit: maxRejections };
  for (const { memory: found } of (await memory.recall(query, signal)).memories) {
    const place = found.tags.find((tag) => tag.startsWith('place:'));
    if (place && !known.has(place)) known.set(place, found.id);
  }
  for (const { target, rejection } of wishes) {
    const id = known.get(target.place);
    if (id !== undefined) await memory.forget(id, signal);
    known.delete(target.place);
    if (!rejection || known.size >= maxRejections) continue;
    const stored = await memory.remember(rejection, signal);
    known.set(target.place, stored.id);
  }
}
