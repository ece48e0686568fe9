/** The last `capacity` items, oldest first; every operation but reading them all is O(1). */
export class Ring<T> {
  readonly capacity: number;
  readonly #items: (T | undefined)[] = [];
  #head = 0;
  #size = 0;

  /** `capacity` is a whole number; with 0 nothing is kept. */
  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 0) {
      throw new RangeError(`A ring holds a whole number of items from 0, not ${capacity}.`);
    }
    this.capacity = capacity;
  }

  get size(): number {
    return this.#size;
  }

  /** The oldest item. */
  get first(): T | undefined {
    return this.#size === 0 ? undefined : this.#items[this.#head];
  }

  /** Adds the newest item; false where that cost one, the oldest or (with capacity 0) itself. */
  push(item: T): boolean {
    if (this.#size < this.capacity) {
      this.#items[(this.#head + this.#size) % this.capacity] = item;
      this.#size += 1;
      return true;
    }
    if (this.capacity === 0) return false;
    this.#items[this.#head] = item;
    this.#head = (this.#head + 1) % this.capacity;
    return false;
  }

  /** Takes the oldest item out. */
  shift(): T | undefined {
    if (this.#size === 0) return undefined;
    const item = this.#items[this.#head];
    // What was read must not be held.
    this.#items[this.#head] = undefined;
    this.#head = (this.#head + 1) % this.capacity;
    this.#size -= 1;
    return item;
  }

  /** All items, oldest first. */
  *[Symbol.iterator](): Generator<T> {
    for (let index = 0; index < this.#size; index += 1) {
      yield this.#items[(this.#head + index) % this.capacity] as T;
    }
  }

  clear(): void {
    this.#items.length = 0;
    this.#head = 0;
    this.#size = 0;
  }
}
