import { applyTextEdits, lineEndOf, linesAt } from './text-edits.ts';

/**
 * An example of variables with those names that it lacks at its end, without values; `notes` are
 * comments to stand above some of them.
 */
export function withNames(
  content: string,
  names: readonly string[],
  notes: ReadonlyMap<string, string> = new Map(),
): string {
  const there = new Set(
    content
      .split(/\r?\n/)
      .map((line) => /^\s*#?\s*(?:export\s+)?([A-Za-z_]\w*)\s*=/.exec(line)?.[1]),
  );
  const missing = names.filter((name) => !there.has(name));
  if (missing.length === 0) return content;
  const lines = missing.flatMap((name) => {
    const note = notes.get(name);
    return [...(note === undefined ? [] : [`# ${note}`]), `${name}=`];
  });
  const edit = linesAt(content, content.length, lines);
  const end = lineEndOf(content);
  const text = content === '' ? `${lines.join(end)}${end}` : edit.text;
  return applyTextEdits(content, [{ ...edit, text }]);
}
