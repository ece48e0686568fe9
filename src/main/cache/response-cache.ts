/** What is kept of an answer. */
export type CachedResponse = {
  readonly text: string;
  readonly finish: string;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
};

/** Whose answer it is: by these the cache can be emptied in part. */
export type CacheOwner = { readonly provider: string; readonly project: string | null };

/** An answer with its key and its owner. */
export type CacheEntry = {
  readonly key: string;
  readonly owner: CacheOwner;
  readonly response: CachedResponse;
};

/**
 * Counters since the start, and what is there now, of all processes. An entry counts for the UTF-8
 * bytes of its text and a fixed share for its row.
 */
export type CacheStats = {
  readonly entries: number;
  readonly bytes: number;
  readonly memoryEntries: number;
  readonly memoryBytes: number;
  readonly memoryHits: number;
  readonly diskHits: number;
  readonly misses: number;
  readonly evicted: number;
  readonly expired: number;
};

/**
 * Answers by the hash of the whole request: the port behind which this machine's cache (memory over
 * SQLite) stands today and a team's may stand tomorrow. A look-up or an entry that fails is a miss,
 * never an error.
 */
export interface ResponseCache {
  get(key: string): Promise<CachedResponse | null>;
  /** Can be got at once; resolves when it is kept, or cannot be. */
  set(key: string, owner: CacheOwner, response: CachedResponse): Promise<void>;
  /** In the order of the keys; null for those that are not there. */
  getMany(keys: readonly string[]): Promise<readonly (CachedResponse | null)[]>;
  setMany(entries: readonly CacheEntry[]): Promise<void>;
  /** Forgets what belongs to an owner; with nothing given, all. How many went. Throws where it cannot. */
  clear(owner: Partial<CacheOwner>): Promise<number>;
  stats(): Promise<CacheStats>;
}
