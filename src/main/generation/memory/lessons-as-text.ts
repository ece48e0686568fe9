import type { CitedMemory } from '#shared/artifact.ts';
import { applyHunks, linesFor } from './apply-hunks.ts';
import type { EditLesson, Read } from './lesson.ts';
import { type OwnWords, projectWords } from './own-words.ts';
import { changesDue, citeLesson } from './policy.ts';
import type { LearningSource, Recalled } from './recall-lessons.ts';

/** An edit as a model reads it: a diff without line numbers, in the words of its service. */
export type TaughtEdit = {
  readonly memory: CitedMemory;
  readonly diff: string;
  /** The lines that it writes. */
  readonly added: readonly string[];
};

/** Edits that one prompt carries for one file; of more, the most trusted. */
const maxEdits = 12;

/** The trusted edits of files like this one, and the policies that fit it, in an order that does not change with their trust. */
export function editsAsText(
  recalled: Extract<Recalled, { ok: true }>,
  { project, artifact }: LearningSource,
): readonly TaughtEdit[] {
  const { own } = recalled.target;
  const words = { ...own, words: [...own.words, ...projectWords(project)] };
  const policies = recalled.policies.filter(({ lesson }) => {
    const due = changesDue(lesson.hunks, artifact.content, words);
    return applyHunks(artifact.content, due, words).applied > 0;
  });
  const replaced = new Set(recalled.edits.flatMap(({ lesson }) => lesson.replaces));
  return [...recalled.edits, ...policies]
    .filter(({ memory }) => !replaced.has(memory.id))
    .slice(0, maxEdits)
    .flatMap((edit) => asText(edit, words))
    .toSorted((one, other) => (one.diff < other.diff ? -1 : 1));
}

function asText({ memory, lesson }: Read<EditLesson>, own: OwnWords): readonly TaughtEdit[] {
  const hunks = lesson.hunks.flatMap((hunk) => {
    const lines = linesFor(hunk, own);
    return lines ? [lines] : [];
  });
  if (hunks.length === 0) return [];
  const diff = hunks.map((lines) =>
    lines.map(({ op, text, or }) => `${op}${or ?? text}`).join('\n'),
  );
  const added = hunks.flatMap((lines) =>
    lines.filter(({ op }) => op === '+').map(({ text }) => text),
  );
  return [{ memory: citeLesson({ memory, lesson }), diff: diff.join('\n\n'), added }];
}

/** The edits whose every line a text has: only they are in it. One that only removes lines cannot be told. */
export function editsIn(content: string, edits: readonly TaughtEdit[]): readonly CitedMemory[] {
  const lines = new Set(content.split('\n').map((line) => line.trim()));
  return edits
    .filter(({ added }) => added.length > 0 && added.every((line) => lines.has(line.trim())))
    .map(({ memory }) => memory);
}
