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
  const rest = at - performance.now();
  if (rest > 0) await sleep(rest, undefined, { signal });
}

/** Cuts a text into the pieces that a model would send; joined they are the text. */
export function cutPieces(text: string, paced: boolean): readonly string[] {
  const length = paced ? charactersAToken : pieceLength;
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += length) pieces.push(text.slice(at, at + length));
  return pieces;
}

/** The pieces in groups, each when its last token is due; pieces of one millisecond come together. */
export async function* paced(
  text: string,
  tokensPerSecond: number | null,
  signal: AbortSignal,
): AsyncGenerator<readonly string[]> {
  const pieces = cutPieces(text, tokensPerSecond !== null);
  if (tokensPerSecond === null) {
    yield pieces;
    return;
  }
  const start = performance.now();
  const msAToken = 1_000 / tokensPerSecond;
  for (let at = 0; at < pieces.length; ) {
    await until(start + (at + 1) * msAToken, signal);
    const due = Math.max(at + 1, Math.floor((performance.now() - start) / msAToken));
    yield pieces.slice(at, due);
    at = due;
  }
}
