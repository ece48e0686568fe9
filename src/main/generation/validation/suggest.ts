import { editDistance } from '#main/core/edit-distance.ts';

/** The known name that `word` was probably meant to be, or null. Case alone counts as half an edit. */
export function closest(word: string, known: Iterable<string>): string | null {
  if (word.length > 64) return null;
  const lower = word.toLowerCase();
  const limit = word.length <= 4 ? 1 : word.length <= 8 ? 2 : 3;
  let best: string | null = null;
  let least = limit + 1;
  for (const name of known) {
    const edits = editDistance(lower, name.toLowerCase(), limit);
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
