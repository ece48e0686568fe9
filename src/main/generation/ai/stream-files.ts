import { steadyNow } from '#main/core/clock.ts';

/** Least time between two tellings, in ms: an event a token would only cost. */
const periodMs = 50;

/** Gathers the pieces of files as a model writes them, and tells them in larger ones. */
export class StreamedFiles {
  readonly #tell: (path: string, at: number, piece: string) => void;
  readonly #now: () => number;
  readonly #pending = new Map<string, { readonly at: number; piece: string }>();
  #last = Number.NEGATIVE_INFINITY;

  /** `now` counts milliseconds. */
  constructor(tell: (path: string, at: number, piece: string) => void, now = steadyNow) {
    this.#tell = tell;
    this.#now = now;
  }

  /** Takes a piece; at 0 the file begins anew, whatever was told of it. */
  add(path: string, at: number, piece: string): void {
    const pending = this.#pending.get(path);
    if (pending && at > 0 && pending.at + pending.piece.length === at) pending.piece += piece;
    else this.#pending.set(path, { at, piece });
    if (this.#now() - this.#last >= periodMs) this.flush();
  }

  /** Tells what is left. */
  flush(): void {
    this.#last = this.#now();
    for (const [path, { at, piece }] of this.#pending) this.#tell(path, at, piece);
    this.#pending.clear();
  }
}
