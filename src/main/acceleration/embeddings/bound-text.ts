import { maxTextUnits } from '../compute/protocol.ts';

/**
 * The part of a text that is looked at: leading space removed, at most 16,384 UTF-16 units, halves
 * of surrogate pairs replaced by U+FFFD. The model reads 256 tokens, which end far earlier.
 */
export function boundText(text: string): string {
  return text.trimStart().slice(0, maxTextUnits).toWellFormed();
}
