import { applyTextEdits, lineEndOf, linesAt } from './text-edits.ts';

/** An example of variables with those names that it lacks at its end, without values. */
export function withNames(content: string, names: readonly string[]): string {
  const there = new Set(
    content
      .split(/\r?\n/)
      .map((line) => /^\s*#?\s*(?:export\s+)?([A-Za-z_]\w*)\s*=/.exec(line)?.[1]),
  );
  const missing = names.filter((name) => !there.has(name));
  if (missing.length === 0) return content;
  const edit = linesAt(
    content,
    content.length,
    missing.map((name) => `${name}=`),
  );
  const end = lineEndOf(content);
  const text = content === '' ? `${missing.map((name) => `${name}=`).join(end)}${end}` : edit.text;
  return applyTextEdits(content, [{ ...edit, text }]);
}
