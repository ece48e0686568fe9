import type { Finding } from '#shared/artifact.ts';
import { applyHunks } from './apply-hunks.ts';
import type { EditLesson, Read } from './lesson.ts';
import { note } from './note.ts';
import type { OwnWords } from './own-words.ts';
import { changesDue, policyType } from './policy.ts';

/** A file's text with what was taught about its like, the lessons that are in it, and notes on the others. */
export type Carried = {
  readonly content: string;
  readonly findings: readonly Finding[];
  readonly used: readonly Read<EditLesson>[];
  readonly notes: readonly Finding[];
};

/** Files longer than this, in characters, are left as they were made. */
const maxContent = 300_000;

/**
 * Makes the edits, which come most trusted first, in the blueprint's text. An edit is left out where
 * another that holds what is left of it is in, and where with it the file has an error that the
 * blueprint's own text has not.
 */
export async function carry(
  made: string,
  edits: readonly Read<EditLesson>[],
  own: OwnWords,
  check: (content: string) => Promise<readonly Finding[]>,
): Promise<Carried> {
  const findings = await check(made);
  if (edits.length === 0 || made.length > maxContent) {
    return { content: made, findings, used: [], notes: [] };
  }
  const all = attempt(made, edits, own);
  if (all.used.length === 0) return { ...all, findings };
  const judged = await check(all.content);
  if (newErrors(findings, judged).length === 0) return { ...all, findings: judged };
  const leftOut: Finding[] = [];
  const good: Read<EditLesson>[] = [];
  for (const edit of edits) {
    const { content, used } = attempt(made, [...good, edit], own);
    if (!used.includes(edit)) {
      good.push(edit);
      continue;
    }
    const [error] = newErrors(findings, await check(content));
    if (error) leftOut.push(note(`${nameOf(edit)} was left out: with it, ${error.message}`));
    else good.push(edit);
  }
  const rest = attempt(made, good, own);
  return { ...rest, findings: await check(rest.content), notes: [...rest.notes, ...leftOut] };
}

/** How a note calls a lesson. */
function nameOf({ memory, lesson }: Read<EditLesson>): string {
  return `What you taught before ("${lesson.summary}", memory ${memory.id})`;
}

function attempt(made: string, edits: readonly Read<EditLesson>[], own: OwnWords) {
  const replaced = new Set(edits.flatMap(({ lesson }) => lesson.replaces));
  const isReplaced = ({ memory }: Read<EditLesson>): boolean => replaced.has(memory.id);
  // What others hold the rest of comes last, and only where those others did not fit.
  const ordered = [...edits.filter((edit) => !isReplaced(edit)), ...edits.filter(isReplaced)];
  let content = made;
  const used: Read<EditLesson>[] = [];
  const notes: Finding[] = [];
  const held = new Set<string>();
  for (const edit of ordered) {
    if (held.has(edit.memory.id)) {
      for (const id of edit.lesson.replaces) held.add(id);
      continue;
    }
    const isPolicy = edit.memory.type === policyType;
    const { hunks } = edit.lesson;
    const due = isPolicy ? changesDue(hunks, content, own) : hunks;
    const { text, applied, there, misfits, foreign } = applyHunks(content, due, own);
    if (applied > 0) used.push(edit);
    if (applied + there > 0) for (const id of edit.lesson.replaces) held.add(id);
    content = text;
    const all = hunks.length;
    // A policy is for whatever it fits; that it does not fit is no news.
    if (misfits > 0 && (!isPolicy || applied > 0))
      notes.push(note(`${nameOf(edit)}: ${misfits} of ${all} changes do not fit here.`));
    if (foreign > 0 && applied > 0) {
      const what = `${foreign} of ${all} changes speak of another service and were left out.`;
      notes.push(note(`${nameOf(edit)}: ${what}`));
    }
  }
  return { content, used, notes };
}

/** Errors of `after` that `before` has not, whatever their lines. */
function newErrors(before: readonly Finding[], after: readonly Finding[]): readonly Finding[] {
  const known = new Map<string, number>();
  const key = ({ rule, message }: Finding): string => `${rule}\0${message}`;
  const errors = (findings: readonly Finding[]) =>
    findings.filter(({ severity }) => severity === 'error');
  for (const error of errors(before)) known.set(key(error), (known.get(key(error)) ?? 0) + 1);
  return errors(after).filter((error) => {
    const left = known.get(key(error)) ?? 0;
    known.set(key(error), left - 1);
    return left <= 0;
  });
}
