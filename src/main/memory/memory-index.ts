/** A key of a vector and how like the query it is, −1 to 1. */
export type NearVector = { readonly key: number; readonly score: number };

/** What memories are found by meaning with: a port; the embedded one is an index in the compute process. */
export interface MemoryIndex {
  /** Numbers of a vector. */
  readonly dimensions: number;
  /** The `k` nearest to a vector of length 1, best first; null where no index can be had now. */
  nearest(unit: Float32Array<ArrayBuffer>, k: number): Promise<readonly NearVector[] | null>;
  /** The `k` nearest of the vectors with these keys, compared one by one, without an index. */
  among(unit: Float32Array<ArrayBuffer>, keys: readonly number[], k: number): readonly NearVector[];
  /** Keys of vectors after a key, in order. */
  keysAfter(key: number, limit: number): readonly number[];
  /** Notes that vectors were written; `removed` are keys that are gone. The next search knows. */
  changed(removed?: readonly number[]): void;
  /** Has keys left out of what is found. */
  forget(keys: readonly number[]): void;
  /** The vectors of keys, in the order given, those of length 1 made of them; a key that is gone has none. */
  units(keys: readonly number[]): ReadonlyMap<number, Float32Array<ArrayBuffer>>;
  /** Brings in what was written, where the index is open. */
  settle(): Promise<void>;
}
