/** Some lines of a file: `first` is 1-based. */
export type Excerpt = { readonly first: number; readonly last: number; readonly text: string };

/** Lines that are shown around a telling one, and fewer where those do not fit. */
const margins = [12, 4] as const;
/** Lines of a file that no fact names. */
const headLines = 60;

/** The lines around those that facts were read from, or the head of the file; nothing where not even few fit. */
export function excerptsOf(
  text: string,
  lines: readonly number[],
  budget: number,
): readonly Excerpt[] {
  const all = text.split('\n');
  if (lines.length === 0) return headOf(all, budget);
  for (const margin of margins) {
    const found = windows(all.length, lines, margin).map(([first, last]) => ({
      first,
      last,
      text: all.slice(first - 1, last).join('\n'),
    }));
    if (found.reduce((sum, { text: one }) => sum + one.length, 0) <= budget) return found;
  }
  return [];
}

function headOf(all: readonly string[], budget: number): readonly Excerpt[] {
  let [length, last] = [0, 0];
  while (last < Math.min(headLines, all.length)) {
    length += (all[last]?.length ?? 0) + 1;
    if (length > budget) break;
    last += 1;
  }
  return last === 0 ? [] : [{ first: 1, last, text: all.slice(0, last).join('\n') }];
}

function windows(
  count: number,
  lines: readonly number[],
  margin: number,
): readonly (readonly [first: number, last: number])[] {
  const found: [number, number][] = [];
  for (const line of lines) {
    if (line > count) continue;
    const [first, last] = [Math.max(1, line - margin), Math.min(count, line + margin)];
    const before = found.at(-1);
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else found.push([first, last]);
  }
  return found;
}
