import type { Live } from './live.ts';

/** A live value that its owner sets. */
export class LiveValue<T> implements Live<T> {
  readonly #listeners = new Set<(next: T, previous: T) => void>();
  #current: T;

  constructor(first: T) {
    this.#current = first;
  }

  get current(): T {
    return this.#current;
  }

  listen(listener: (next: T, previous: T) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Sets it, and tells who listens. */
  set(next: T): void {
    const previous = this.#current;
    this.#current = next;
    for (const listener of [...this.#listeners]) listener(next, previous);
  }
}
