import type { CollectionRow, KeyedRows } from './vector-rows.ts';
import type { VectorSource } from './vector-source.ts';
import type { VectorStore } from './vector-store.ts';

/** A collection of the store as an index reads it. */
export class CollectionSource implements VectorSource {
  readonly name: string;
  readonly dimensions: number;
  readonly #store: VectorStore;
  readonly #collection: CollectionRow;

  constructor(store: VectorStore, collection: CollectionRow) {
    this.name = collection.name;
    this.dimensions = collection.dimensions;
    this.#store = store;
    this.#collection = collection;
  }

  size(): number {
    return this.#store.collections.find(this.name)?.size ?? 0;
  }

  countUpTo(key: number): number {
    return this.#store.countUpTo(this.#collection.id, key);
  }

  page(after: number, limit: number): KeyedRows {
    return this.#store.page(this.#collection, after, limit);
  }

  keys(after: number, limit: number): readonly number[] {
    return this.#store.keys(this.#collection.id, after, limit);
  }

  rows(keys: readonly number[]): KeyedRows {
    return this.#store.rows(this.#collection, keys);
  }

  dataVersion(): number {
    return this.#store.dataVersion();
  }

  record() {
    const row = this.#store.collections.find(this.name);
    return { choice: row?.choice ?? null, snapshot: row?.snapshot ?? null };
  }

  keepChoice(choice: string): void {
    this.#store.collections.setChoice(this.#collection.id, choice);
  }

  keepSnapshot(snapshot: string | null): void {
    this.#store.collections.setSnapshot(this.#collection.id, snapshot);
  }
}
