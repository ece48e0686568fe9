import { applyPatch, type StructuredPatch } from 'diff';
import type { Hunk } from './hunk.ts';
import type { OwnWords } from './own-words.ts';
import { forService } from './templates.ts';

/** What came of an edit's changes: how many were made, were there already, did not fit, or speak of another service. */
export type AppliedHunks = {
  readonly text: string;
  readonly applied: number;
  readonly there: number;
  readonly misfits: number;
  readonly foreign: number;
};

/** Lines of context that may differ, where as many as this are left that do not. */
const maxFuzz = 2;
const leastAnchors = 2;

/** Makes the changes of an edit in the text of a file, each where it fits, from top to bottom. */
export function applyHunks(text: string, hunks: readonly Hunk[], own: OwnWords): AppliedHunks {
  const result = { text, applied: 0, there: 0, misfits: 0, foreign: 0 };
  let shift = 0;
  for (const hunk of hunks) {
    const lines = linesFor(hunk, own);
    if (lines === null) {
      result.foreign += 1;
      continue;
    }
    const at = Math.min(Math.max(1, hunk.at + shift), result.text.split('\n').length);
    if (isThere(result.text, lines, at)) {
      result.there += 1;
      shift += growth(lines);
      continue;
    }
    const next = patched(result.text, lines, at, maxFuzz);
    if (next === null) {
      result.misfits += 1;
      continue;
    }
    result.text = next;
    result.applied += 1;
    shift += growth(lines);
  }
  return result;
}

/** A line with its other form, either of which may stand in the file. */
type Line = { readonly op: ' ' | '-' | '+'; readonly text: string; readonly or: string | null };

/** The change in the words of this service; null where it speaks of something that is not this one's. */
export function linesFor(hunk: Hunk, own: OwnWords): readonly Line[] | null {
  const known = new Set(own.words);
  if (!hunk.needs.every((word) => known.has(word))) return null;
  const lines: Line[] = [];
  for (const { op, text, like } of hunk.lines) {
    if (op !== '+') {
      lines.push({ op, text, or: like === null ? null : forService(like, own) });
      continue;
    }
    const writing = forService(text, own);
    if (writing === null) return null;
    lines.push({ op, text: writing, or: null });
  }
  return lines;
}

/** Whether a file has every line that a change would write, wherever; never so for one that only removes. */
export function tellsNothingNew(hunk: Hunk, content: string, own: OwnWords): boolean {
  const added = (linesFor(hunk, own) ?? []).filter(({ op, text }) => op === '+' && text.trim());
  const there = new Set(content.split('\n').map((line) => line.trim()));
  return added.length > 0 && added.every(({ text }) => there.has(text.trim()));
}

/** Whether the file has what the change would write, in its place. */
function isThere(text: string, lines: readonly Line[], at: number): boolean {
  // Lines that were only removed leave nothing to be recognised by.
  if (!lines.some(({ op }) => op === '+')) return false;
  const back = { '+': '-', '-': '+', ' ': ' ' } as const;
  const reversed = lines.map((line) => ({ ...line, op: back[line.op] }));
  return patched(text, reversed, at, 0) !== null;
}

function patched(text: string, lines: readonly Line[], at: number, fuzz: number): string | null {
  const old = lines.filter(({ op }) => op !== '+');
  const most = Math.max(0, Math.min(fuzz, old.length - leastAnchors));
  // Nothing says where lines without any neighbour belong.
  if (old.length === 0) return null;
  const other = new Map(lines.flatMap(({ text: one, or }) => (or === null ? [] : [[one, or]])));
  const patch: StructuredPatch = {
    oldFileName: '',
    newFileName: '',
    oldHeader: '',
    newHeader: '',
    hunks: [
      {
        oldStart: at,
        oldLines: old.length,
        newStart: at,
        newLines: lines.filter(({ op }) => op !== '-').length,
        lines: lines.map(({ op, text: one }) => `${op}${one}`),
      },
    ],
  };
  const next = applyPatch(text, patch, {
    fuzzFactor: most,
    autoConvertLineEndings: false,
    compareLine: (_number, line, _operation, content) =>
      line === content || (line !== undefined && other.get(content) === line),
  });
  return next === false ? null : next;
}

function growth(lines: readonly Line[]): number {
  return lines.reduce((sum, { op }) => sum + (op === '+' ? 1 : op === '-' ? -1 : 0), 0);
}
