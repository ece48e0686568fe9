/** The kinds of vector index. `usearch` and `faiss-*` are native and may be missing. */
export const engineNames = ['exact', 'usearch', 'faiss-flat', 'faiss-ivf', 'faiss-hnsw'] as const;

/** One of {@link engineNames}. */
export type EngineName = (typeof engineNames)[number];
