import type { Memory } from '#shared/memory.ts';
import {
  type AcceptedLesson,
  acceptedSchema,
  confidenceOf,
  type EditLesson,
  editSchema,
  type Tally,
} from './lesson.ts';
import type { ProposalMemory } from './proposal-memory.ts';
import type { Draft } from './wish.ts';

type Move = { kept: number; against: number; draft: Draft | null };

/**
 * Gathers what many decisions say for and against memories, so that a thousand files that were
 * accepted at once change each memory once. Memories go by tag, or by id (`id:…`).
 */
export class Tallies {
  readonly #moves = new Map<string, Move>();

  /** Counts for or against a memory; `by` is -1 to take a count back. */
  count(key: string, side: 'kept' | 'against', by: 1 | -1, draft: Draft | null = null): void {
    const move = this.#moves.get(key) ?? { kept: 0, against: 0, draft: null };
    move[side] += by;
    move.draft ??= draft;
    this.#moves.set(key, move);
  }

  /** Changes the memories; the keys of those that could not be, with why. */
  async flush(
    memory: ProposalMemory,
    now: number,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, unknown>> {
    const failed = new Map<string, unknown>();
    for (const [key, move] of this.#moves) {
      if (move.kept === 0 && move.against === 0) continue;
      try {
        await settle(memory, key, move, now, signal);
      } catch (error) {
        failed.set(key, error);
      }
    }
    this.#moves.clear();
    return failed;
  }
}

async function settle(
  memory: ProposalMemory,
  key: string,
  move: Move,
  now: number,
  signal: AbortSignal,
): Promise<void> {
  const found = await find(memory, key, signal);
  const lesson = found ? lessonOf(found) : null;
  if (!found || !lesson) {
    if (!move.draft || move.kept <= 0) return;
    const tally: Tally = { for: move.kept, against: Math.max(0, move.against), at: now };
    const { draft } = move;
    const metadata = { ...draft.metadata, tally };
    await memory.remember({ ...draft, confidence: confidenceOf(tally), metadata }, signal);
    return;
  }
  const { tally: before } = lesson;
  const tally: Tally = {
    for: Math.max(0, before.for + move.kept),
    against: Math.max(0, before.against + move.against),
    at: move.kept > 0 ? now : before.at,
  };
  if (tally.for === 0) {
    await memory.forget(found.id, signal);
    return;
  }
  const metadata = { ...found.metadata, tally, ...replacesOf(lesson, move.draft, found.id) };
  await memory.change(found.id, { confidence: confidenceOf(tally), metadata }, signal);
}

function lessonOf({ metadata }: Memory): EditLesson | AcceptedLesson | null {
  return editSchema.safeParse(metadata).data ?? acceptedSchema.safeParse(metadata).data ?? null;
}

/** An edit that was made again in a text with other memories in it holds the rest of those too. */
function replacesOf(
  lesson: EditLesson | AcceptedLesson,
  draft: Draft | null,
  own: string,
): { replaces?: string[] } {
  if (!('replaces' in lesson)) return {};
  const more = draft && 'replaces' in draft.metadata ? draft.metadata.replaces : [];
  const all = new Set([...lesson.replaces, ...more]);
  all.delete(own);
  return { replaces: [...all].slice(-64) };
}

async function find(
  memory: ProposalMemory,
  key: string,
  signal: AbortSignal,
): Promise<Memory | null> {
  if (key.startsWith('id:')) return memory.get(key.slice('id:'.length), signal);
  const { memories } = await memory.recall({ tags: [key], limit: 1 }, signal);
  return memories[0]?.memory ?? null;
}
