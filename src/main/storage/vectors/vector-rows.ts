/** What is stored about one vector, by the caller's own id. */
export type VectorRecord = {
  /** Unique in its collection, 1 to 512 UTF-16 units. */
  readonly id: string;
  readonly vector: Float32Array;
  /** Plain JSON; what filters look at. */
  readonly metadata: VectorMetadata;
};

/** See {@link VectorRecord}. */
export type VectorMetadata = Readonly<Record<string, unknown>>;

/** A collection as its row says. */
export type CollectionRow = {
  readonly id: number;
  readonly name: string;
  readonly dimensions: number;
  /** Vectors in it. */
  readonly size: number;
  /** The engine that was chosen and why, as JSON; null before the first choice. */
  readonly choice: string | null;
  /** The file that its index was written to and what is in it, as JSON; null where there is none. */
  readonly snapshot: string | null;
};

/** Vectors under the keys that indexes know them by: row `i` of `rows` belongs to `keys[i]`. */
export type KeyedRows = {
  readonly keys: Float64Array<ArrayBuffer>;
  readonly rows: Float32Array<ArrayBuffer>;
};

/** A vector's bytes as they are stored: little-endian 32-bit floats. */
export function toBlob(vector: Float32Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
}

/** Copies a stored vector into `target`; one of another length is a damaged row and left as zeros. */
export function readBlob(blob: Buffer, target: Float32Array): void {
  if (blob.byteLength !== target.byteLength) return;
  new Uint8Array(target.buffer, target.byteOffset, target.byteLength).set(blob);
}

/** Rows of the store as an index takes them. */
export function keyedRows(
  found: readonly { key: number; vector: Buffer }[],
  dimensions: number,
): KeyedRows {
  const keys = new Float64Array(found.length);
  const rows = new Float32Array(found.length * dimensions);
  for (const [at, { key, vector }] of found.entries()) {
    keys[at] = key;
    readBlob(vector, rows.subarray(at * dimensions, (at + 1) * dimensions));
  }
  return { keys, rows };
}
