import type { CachedResponse } from './response-cache.ts';

/** An answer with when it was made, in ms since 1970, and what it counts for, in bytes. */
export type HeldResponse = {
  readonly response: CachedResponse;
  readonly madeAt: number;
  readonly bytes: number;
};

/**
 * The answers that were used last, within so many bytes. A `Map` keeps the order in which keys came:
 * one that is used comes anew, the first is the one that goes.
 */
export class RecentResponses {
  readonly #held = new Map<string, HeldResponse>();
  #maxBytes: number;
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get entries(): number {
    return this.#held.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Takes effect at once: what is too much goes. */
  set maxBytes(bytes: number) {
    this.#maxBytes = bytes;
    this.#shrink();
  }

  get(key: string): HeldResponse | null {
    const held = this.#held.get(key);
    if (held === undefined) return null;
    this.#held.delete(key);
    this.#held.set(key, held);
    return held;
  }

  /** One that is larger than all that may be held is not, and pushes nothing out. */
  set(key: string, held: HeldResponse): void {
    this.delete(key);
    if (held.bytes > this.#maxBytes) return;
    this.#held.set(key, held);
    this.#bytes += held.bytes;
    this.#shrink();
  }

  delete(key: string): void {
    const held = this.#held.get(key);
    if (held === undefined) return;
    this.#held.delete(key);
    this.#bytes -= held.bytes;
  }

  clear(): void {
    this.#held.clear();
    this.#bytes = 0;
  }

  #shrink(): void {
    for (const key of this.#held.keys()) {
      if (this.#bytes <= this.#maxBytes) return;
      this.delete(key);
    }
  }
}
