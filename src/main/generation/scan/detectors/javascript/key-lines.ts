/** Where the keys of a JSON text stand: the line of `"key":`, below the keys that lead to it. */
export type KeyLines = (...path: readonly string[]) => number;

/**
 * Indexes the keys of a JSON text in one pass. The answer for a path is the first line of its last
 * key at or after the line of the key before it, 1 where there is none: right for manifests as
 * people write them, and cheap for those with thousands of entries.
 */
export function keyLines(text: string): KeyLines {
  const lines = new Map<string, number[]>();
  let line = 1;
  let next = text.indexOf('\n');
  for (const match of text.matchAll(/"([^"\\\n]{1,200})"[ \t]*:/g)) {
    for (; next !== -1 && next < match.index; next = text.indexOf('\n', next + 1)) line += 1;
    const known = lines.get(match[1] as string);
    if (known) known.push(line);
    else lines.set(match[1] as string, [line]);
  }
  return (...path) => path.reduce((from, key) => firstFrom(lines.get(key) ?? [], from) ?? from, 1);
}

function firstFrom(sorted: readonly number[], from: number): number | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < from) low = middle + 1;
    else high = middle;
  }
  return sorted[low];
}
