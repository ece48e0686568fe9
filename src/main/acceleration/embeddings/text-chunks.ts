import { boundText } from './bound-text.ts';

/** Texts that are sorted by length together: few enough for one turn of the event loop. */
const windowTexts = 2048;

/** How much goes into one request: at most so many texts, and UTF-16 units beyond the first text. */
export type ChunkLimit = { readonly texts: number; readonly units: number };

/** One request's texts, bounded, and where each stood in the caller's list. */
export type TextChunk = { readonly indices: readonly number[]; readonly texts: readonly string[] };

/**
 * Cuts a list of texts into requests of texts of like length, longest first within a window, so that
 * little is computed for padding and the last request is a short one. Every text is in exactly one.
 */
export function* textChunks(
  texts: readonly string[],
  limit: ChunkLimit,
): Generator<TextChunk, void> {
  for (let start = 0; start < texts.length; start += windowTexts) {
    const bounded = texts.slice(start, start + windowTexts).map(boundText);
    const lengthOf = (index: number): number => bounded[index]?.length ?? 0;
    const order = bounded.map((_, index) => index).sort((a, b) => lengthOf(b) - lengthOf(a));
    let chunk: number[] = [];
    let units = 0;
    const cut = (): TextChunk => ({
      indices: chunk.map((index) => start + index),
      texts: chunk.map((index) => bounded[index] ?? ''),
    });
    for (const index of order) {
      const full = chunk.length >= limit.texts || units + lengthOf(index) > limit.units;
      if (chunk.length > 0 && full) {
        yield cut();
        chunk = [];
        units = 0;
      }
      chunk.push(index);
      units += lengthOf(index);
    }
    if (chunk.length > 0) yield cut();
  }
}
