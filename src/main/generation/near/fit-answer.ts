import type { WrittenFile } from '../answers/block-format.ts';
import { readAnswer } from '../answers/block-reader.ts';
import { redact } from '../prompts/redact/redact.ts';
import type { NoteDetails } from '../prompts/request-note.ts';

/** Longer answers are not suggested: a person reads them before they are taken. */
const maxChars = 200_000;

/**
 * The files of an answer to another request where they fit this one: all of them whole, all in places
 * that this one allows, its main file among them. Null where they do not. Secrets that got into it are
 * taken out. Rejects with `CANCELLED`.
 */
export async function fitAnswer(
  text: string,
  { tag, allowed }: NoteDetails,
  wanted: readonly string[],
  signal: AbortSignal,
): Promise<readonly WrittenFile[] | null> {
  if (text.length > maxChars) return null;
  const { files, refused } = readAnswer(text, { tag, allowed });
  const [main] = wanted;
  const fits =
    refused.length === 0 &&
    files.some(({ path }) => path === main) &&
    files.every(({ path, cut }) => !cut && wanted.includes(path));
  if (!fits) return null;
  const clean: WrittenFile[] = [];
  for (const { path, content } of files) {
    // By no name of an env file, of which nothing but the names of variables would be left.
    clean.push({ path, content: (await redact('answer', content, signal)).text });
  }
  return clean;
}
