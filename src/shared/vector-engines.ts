/** The kinds of vector index. `usearch` and `faiss-*` are native and may be missing. */
export const vectorEngines = ['exact', 'usearch', 'faiss-flat', 'faiss-ivf', 'faiss-hnsw'] as const;

/** One of {@link vectorEngines}. */
export type VectorEngineName = (typeof vectorEngines)[number];
