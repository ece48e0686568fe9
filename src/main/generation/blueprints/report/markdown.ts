/** Text for a cell of a table: on one line, with the signs of Markdown and HTML taken as text. */
export function cell(text: string): string {
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/[\\`*_[\]<>|]/g, '\\$&')
    .trim();
}

/** A table, or nothing where it has no rows. Cells are Markdown. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''];
}

/** A link to a line of a file of the project, from a file that lies in `from`. */
export function fileLink(from: string, path: string, line?: number): string {
  const up = from
    .split('/')
    .slice(0, -1)
    .map(() => '..');
  const target = [...up, ...path.split('/').map(encodeURIComponent)]
    .join('/')
    .replaceAll('(', '%28')
    .replaceAll(')', '%29');
  const name = line === undefined ? path : `${path}:${line}`;
  return `[${cell(name)}](${target}${line === undefined ? '' : `#L${line}`})`;
}
