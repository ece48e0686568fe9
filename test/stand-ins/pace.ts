import { setTimeout as sleep } from 'node:timers/promises';

/** Characters that count as one token, here and in what is reported as usage. */
const charactersAToken = 4;
/** Characters of a piece that is written when no pace is set. */
const pieceLength = 64;

/** Tokens of a text, estimated. */
export const countTokens = (text: string): number => Math.ceil(text.length / charactersAToken);

/** Waits until a moment of `performance.now()`; at once where it has passed. */
export async function until(at: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  // A timer can fire up to a millisecond early; a latency that is measured against must not be less.
  for (let rest = at - performance.now(); rest > 0; rest = at - performance.now()) {
    await sleep(Math.ceil(rest), undefined, { signal });
  }
}

/** Cuts a text into the pieces that a model would send; joined they are the text. */
export function cutPieces(text: string, paced: boolean): readonly string[] {
  const length = paced ? charactersAToken : pieceLength;
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += length) pieces.push(text.slice(at, at + length));
  return pieces;
}

/**
 * The pieces in groups, each when its last token is due; pieces of one millisecond come together.
 * The pace is asked for again at each group, so that one that is set meanwhile counts from there on;
 * where none is set at the beginning, all come at once.
 */
export async function* paced(
  text: string,
  tokensPerSecond: () => number | null,
  signal: AbortSignal,
): AsyncGenerator<readonly string[]> {
  const first = tokensPerSecond();
  const pieces = cutPieces(text, first !== null);
  if (first === null) {
    yield pieces;
    return;
  }
  let last = performance.now();
  for (let at = 0; at < pieces.length; ) {
    const msAToken = 1_000 / (tokensPerSecond() ?? first);
    await until(last + msAToken, signal);
    const count = Math.max(1, Math.floor((performance.now() - last) / msAToken));
    yield pieces.slice(at, at + count);
    last += count * msAToken;
    at += count;
  }
}
