import type { KeyedRows } from './vector-rows.ts';

/**
 * One set of vectors as an index reads it: what is true, and what an index is made from. A key
 * belongs to one vector for ever and is never used again, and a later one is larger; so to catch up
 * is to read the keys after the last one.
 */
export interface VectorSource {
  readonly name: string;
  readonly dimensions: number;
  /** Vectors in it. */
  size(): number;
  /** How many vectors have that key or a smaller one. */
  countUpTo(key: number): number;
  /** Vectors after a key, in the order of keys. */
  page(after: number, limit: number): KeyedRows;
  /** Keys after a key, in order. */
  keys(after: number, limit: number): readonly number[];
  /** The vectors of keys that are there, in the order given. */
  rows(keys: readonly number[]): KeyedRows;
  /** A number that changes when another connection has written to the store. */
  dataVersion(): number;
  /** The engine that was chosen and the file of its index, as JSON; null where there is none. */
  record(): { readonly choice: string | null; readonly snapshot: string | null };
  keepChoice(choice: string): void;
  keepSnapshot(snapshot: string | null): void;
}
