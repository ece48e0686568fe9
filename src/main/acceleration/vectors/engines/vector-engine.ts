import type { DeviceName } from '#shared/devices.ts';

/** How a graph is made and searched; what is absent is the engine's own, or measured. */
export type GraphShape = {
  /** Links of each vector, M of Malkov and Yashunin; the lowest layer has twice as many. */
  readonly links?: number | undefined;
  /** Vectors that a search looks at, their ef. */
  readonly ef?: number | undefined;
};

/** How an engine is made. `quantisation` is usearch's alone; the others keep 32-bit floats. */
export type EngineChoice =
  | { readonly engine: 'faiss-flat' }
  /** `probes`: lists that a search looks through; measured where absent. */
  | { readonly engine: 'faiss-ivf'; readonly probes?: number | undefined }
  | ({ readonly engine: 'faiss-hnsw' } & GraphShape)
  /** On the processor where no device is named. */
  | { readonly engine: 'exact'; readonly device?: DeviceName | undefined }
  | ({ readonly engine: 'usearch'; readonly quantisation: 'bf16' | 'f16' | 'f32' } & GraphShape);

/**
 * The best of each query, `k` places a query, best first. Scores are inner products; a place that
 * nothing took has the key -1.
 */
export type Found = {
  readonly keys: Float64Array<ArrayBuffer>;
  readonly scores: Float32Array<ArrayBuffer>;
};

/** An index over unit vectors by key. Its calls block the thread, but for a search on a device. It never forgets a vector: what is removed is left out by who owns it. */
export interface VectorEngine {
  /** Vectors in it. */
  readonly size: number;
  /** False for one that {@link train} must be called on before {@link add}. */
  readonly trained: boolean;
  /** Learns how vectors lie from a sample, row after row, of as many as are expected. */
  train(rows: Float32Array<ArrayBuffer>, expected: number): void;
  /** Adds vectors under keys that are not in it. */
  add(keys: Float64Array, rows: Float32Array<ArrayBuffer>): void;
  /** Searches for one query or several, row after row. */
  search(queries: Float32Array<ArrayBuffer>, k: number): Found | Promise<Found>;
  /** Values of {@link effort} worth trying, fast and less exact ones first; empty where it is exact. */
  readonly efforts: readonly number[];
  /** How much a search looks at: `ef` of a graph, `nprobe` of an inverted file. */
  effort: number;
  /** Writes the index to a file. */
  save(path: string): void;
  /** Replaces what is in it, which must be nothing, with what {@link save} wrote. */
  restore(path: string): void;
}

/** A `Found` of empty places. */
export function emptyFound(places: number): Found {
  return { keys: new Float64Array(places).fill(-1), scores: new Float32Array(places) };
}
