import { lineEndOf } from '../text-edits.ts';
import type { Rendered } from './rendered.ts';
import { blocksOf, onlyEnds } from './template-blocks.ts';

/** Lines to put behind a line of a template (1-based; 0 for its head), or one to put in its place. */
type LineEdit = {
  readonly after: number;
  readonly lines: readonly string[];
  readonly instead: boolean;
};

/**
 * The template that renders to `improved`, which has whole lines more than what it renders to today,
 * or another apiVersion. Null where one of them has no place in the template: its neighbours are not
 * plain text, or a branch that is not taken today says the same.
 */
export function templateFor({ template, file, lines }: Rendered, improved: string): string | null {
  const source = linesOf(template);
  const blocks = blocksOf(template);
  const before = linesOf(file.text);
  const seen = new Set(lines);
  const edits = new Map<string, LineEdit>();
  for (const { at, added, instead } of lineChanges(before, linesOf(improved))) {
    const edit = instead
      ? replaced(source, before[at] ?? '', lines[at] ?? 0, added)
      : inserted({ source, blocks, before, lines, seen }, at, added);
    if (edit === null) return null;
    const key = `${edit.after}:${edit.instead}`;
    const there = edits.get(key);
    // What a loop renders several times is written once, if it is the same each time.
    if (there && there.lines.join('\n') !== edit.lines.join('\n')) return null;
    edits.set(key, edit);
  }
  const end = lineEndOf(template) === '\r\n' ? '\r' : '';
  const made = template.split('\n').map((line) => [line]);
  for (const { after, lines: added, instead } of edits.values()) {
    const there = made[after - 1];
    if (!there) return null;
    const written = added.map((line) => `${line}${end}`);
    if (instead) there.splice(0, 1, ...written);
    else there.push(...written);
  }
  return made.flat().join('\n');
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').map((line) => line.replace(/\r$/, ''));
}

type Change = { readonly at: number; readonly added: readonly string[]; readonly instead: boolean };

/** Lines that are new in front of line `at` of the text before, or stand instead of it. */
function lineChanges(before: readonly string[], after: readonly string[]): readonly Change[] {
  const changes: Change[] = [];
  let added: string[] = [];
  let at = 0;
  const flush = (): void => {
    if (added.length > 0) changes.push({ at, added, instead: false });
    added = [];
  };
  for (const line of after) {
    if (line === before[at]) {
      flush();
      at += 1;
    } else if (/^apiVersion:/.test(line) && /^apiVersion:/.test(before[at] ?? '')) {
      flush();
      changes.push({ at, added: [line], instead: true });
      at += 1;
    } else added.push(line);
  }
  flush();
  return changes;
}

function replaced(
  source: readonly string[],
  line: string,
  at: number,
  added: readonly string[],
): LineEdit | null {
  return source[at - 1] === line ? { after: at, lines: added, instead: true } : null;
}

type Context = {
  readonly source: readonly string[];
  readonly blocks: readonly string[];
  readonly before: readonly string[];
  readonly lines: readonly number[];
  /** Lines of the template that render something today. */
  readonly seen: ReadonlySet<number>;
};

function inserted(
  { source, blocks, before, lines, seen }: Context,
  at: number,
  added: readonly string[],
): LineEdit | null {
  const column = columnOf(added[0] ?? '');
  const key = /^\s*(?:- )?([\w.-]+):/.exec(added[0] ?? '')?.[1];
  if (key === undefined) return null;
  // A branch that is not taken today would give the key a second time.
  const elsewhere = source.some(
    (line, index) => !seen.has(index + 1) && new RegExp(`\\b${key}\\b`).test(line),
  );
  const last = before.findLastIndex((line, index) => index < at && line.trim() !== '');
  const owner = before.findLastIndex(
    (line, index) => index < at && line.trim() !== '' && columnOf(line) < column,
  );
  const [from, above] = [lines[last] ?? 0, lines[owner] ?? 0];
  const text = source[from - 1] ?? '';
  const isPlain = text.trimEnd() === before[last]?.trimEnd();
  // Several lines come of one that is all action: what is new stands behind the last of them.
  const isLast = isAction(text) && lines[last + 1] !== from;
  if (elsewhere || owner < 0 || !(isPlain || isLast)) return null;
  // A mapping that values give may have the key tomorrow.
  const end = before.findIndex((line, index) => index > owner && isAbove(line, column));
  const around = before.slice(owner, end < 0 ? undefined : end);
  const isGiven = around.some(
    (line, index) =>
      (index === 0 || columnOf(line) === column) &&
      isAction(source[(lines[owner + index] ?? 0) - 1] ?? ''),
  );
  if (isGiven) return null;
  const wanted = blockAt(source, blocks, above);
  let after = from;
  while (blocks[after] !== wanted) {
    if (!onlyEnds(source[after] ?? '')) return null;
    after += 1;
  }
  return { after, lines: added, instead: false };
}

/** The blocks in which a line's own text stands: those of its beginning. */
function blockAt(source: readonly string[], blocks: readonly string[], line: number): string {
  return source[line - 1] === undefined ? 'none' : (blocks[line - 1] ?? 'none');
}

/** Whether a line of a template says nothing by itself. */
function isAction(line: string): boolean {
  return /^\s*(?:\{\{.*\}\}\s*)+$/.test(line);
}

function isAbove(line: string, column: number): boolean {
  return line.trim() !== '' && columnOf(line) < column;
}

function columnOf(line: string): number {
  return line.length - line.trimStart().length;
}
