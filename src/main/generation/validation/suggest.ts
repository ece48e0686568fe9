/** Edit distance of two short words, given up on (and returned as `limit` + 1) past `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? limit + 1;
}

/** The known name that `word` was probably meant to be, or null. Case alone counts as half an edit. */
export function closest(word: string, known: Iterable<string>): string | null {
  if (word.length > 64) return null;
  const lower = word.toLowerCase();
  const limit = word.length <= 4 ? 1 : word.length <= 8 ? 2 : 3;
  let best: string | null = null;
  let least = limit + 1;
  for (const name of known) {
    const edits = distance(lower, name.toLowerCase(), limit);
    if (edits < least) {
      least = edits;
      best = name;
    }
  }
  return best;
}

/** `" Did you mean …?"` for a message, or the empty string. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const name = closest(word, known);
  return name === null ? '' : ` Did you mean "${name}"?`;
}
