import { structuredPatch } from 'diff';
import { editBounds, type Hunk, lineCount, sizeOf } from './hunk.ts';
import type { OwnWords } from './own-words.ts';
import { secretIn, type WrittenLine } from './secret-lines.ts';
import { generalPlace, generalWriting, hasMarks } from './templates.ts';

/** What an edit comes to: its changes (none where the text is the same), or why it is not learned. */
export type CutEdit =
  | { readonly type: 'hunks'; readonly hunks: readonly Hunk[] }
  | { readonly type: 'refused'; readonly why: string };

/** Unchanged lines kept on either side of a change. */
const context = 3;
/** Longest that the comparison may take, in ms; it holds the thread. */
const maxDiffMs = 500;

/**
 * The changes from the blueprint's text to the one that was accepted, each by itself with the
 * unchanged lines next to it, and made general. An edit that may hold a secret, is too large or
 * takes too long to compare is refused as a whole.
 */
export function cutHunks(made: string, accepted: string, own: OwnWords): CutEdit {
  const [before, after] = [normal(made), normal(accepted)];
  if (hasMarks(after)) return refused('it has "{{omega." in it, which memory uses itself');
  const patch = structuredPatch('', '', before, after, '', '', { context, timeout: maxDiffMs });
  if (!patch) return refused('it changes too much to be compared');
  const secret = secretIn(patch.hunks.flatMap(({ lines }) => written(lines)));
  if (secret) return refused(`it may hold a secret: ${secret.why}`);
  const hunks = patch.hunks.flatMap(({ oldStart, lines }) => split(oldStart, lines, own));
  const { characters, lines, hunks: most } = editBounds;
  if (hunks.length > most) return refused(`it has ${hunks.length} changes, more than ${most}`);
  if (sizeOf(hunks) > characters || lineCount(hunks) > lines) {
    return refused(`it is larger than ${characters / 1_000} KB`);
  }
  return { type: 'hunks', hunks };
}

function refused(why: string): CutEdit {
  return { type: 'refused', why };
}

/** Line ends are the editor's business, not what was taught. */
function normal(text: string): string {
  const lines = text.replaceAll('\r\n', '\n');
  return lines.endsWith('\n') ? lines : `${lines}\n`;
}

function written(lines: readonly string[]): readonly WrittenLine[] {
  return lines
    .filter((line) => line[0] !== '-')
    .map((line) => ({ text: line.slice(1), isNew: line[0] === '+' }));
}

/** jsdiff joins changes that are near each other; apart, each can find its place without the other. */
function split(oldStart: number, lines: readonly string[], own: OwnWords): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let start = 0;
  while (start < lines.length) {
    const first = lines.findIndex((line, at) => at >= start && line[0] !== ' ');
    if (first < 0) break;
    const end = indexOr(lines, first, (line) => line[0] === ' ');
    const next = indexOr(lines, end, (line) => line[0] !== ' ');
    const from = Math.max(start, first - context);
    const until = Math.min(next, end + context);
    const skipped = lines.slice(0, from).filter((line) => line[0] !== '+').length;
    hunks.push(toHunk(oldStart + skipped, lines.slice(from, until), own));
    start = end;
  }
  return hunks;
}

function indexOr(lines: readonly string[], from: number, test: (line: string) => boolean): number {
  const found = lines.findIndex((line, at) => at >= from && test(line));
  return found < 0 ? lines.length : found;
}

function toHunk(at: number, lines: readonly string[], own: OwnWords): Hunk {
  const needs = new Set<string>();
  const general = lines.map((line): Hunk['lines'][number] => {
    const [op, text] = [line[0] as ' ' | '-' | '+', line.slice(1)];
    if (op === '+') {
      const writing = generalWriting(text, own);
      for (const word of writing.needs) needs.add(word);
      return { op, text: writing.text, like: null };
    }
    const like = generalPlace(text, own);
    return { op, text, like: like === text ? null : like };
  });
  return { at, lines: general, needs: [...needs] };
}
