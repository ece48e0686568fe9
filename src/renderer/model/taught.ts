import type { CitedMemory } from '#shared/artifact.ts';
import { plural } from './format.ts';

/** What of a file a person taught, and what they are told of it. */
export type Taught = {
  /** A line that says how much of it there is; null where nothing is. */
  readonly title: string | null;
  /** Edits of files like this one, and policies, that are in the text. */
  readonly edits: readonly CitedMemory[];
  /** That files like this one were accepted before, in a sentence; null where none were. */
  readonly accepted: string | null;
};

/** Sorts the memories that a proposal cites by what they did to it. */
export function taughtOf(memories: readonly CitedMemory[]): Taught {
  const edits = memories.filter(({ effect }) => effect !== 'accepted');
  const forgotten = edits.filter((memory) => memory.forgotten).length;
  const uses = `Uses ${plural(edits.length, 'thing')} you taught it`;
  return {
    title:
      edits.length === 0 ? null : forgotten > 0 ? `${uses}, ${forgotten} forgotten since` : uses,
    edits,
    accepted: memories.find(({ effect }) => effect === 'accepted')?.summary ?? null,
  };
}
