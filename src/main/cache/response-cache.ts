/** From which answer a person took another over, and when; times in ms since 1970. */
export type AcceptedFrom = {
  /** The key of the answer that it is a copy of. */
  readonly key: string;
  /** Who wrote it. */
  readonly provider: string;
  readonly model: string;
  readonly project: string | null;
  readonly madeAt: number;
  readonly acceptedAt: number;
};

/** What is kept of an answer. */
export type CachedResponse = {
  readonly text: string;
  readonly finish: string;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  /** There where a person accepted another request's answer for this one. */
  readonly accepted?: AcceptedFrom;
};

/** What a request was about, so that its answer can be suggested for one that is near. */
export type RequestNote = {
  /** Only answers of one topic can stand for each other. */
  readonly topic: string;
  /** In plain words, never of a source and never a secret: what is compared. */
  readonly text: string;
  /** JSON of whoever wrote the note, who alone reads it. */
  readonly details: string;
};

/** A note with the model that answered. */
export type KeptNote = RequestNote & { readonly model: string };

/** Whose answer it is: by these the cache can be emptied in part. */
export type CacheOwner = { readonly provider: string; readonly project: string | null };

/** An answer with its key and its owner. */
export type CacheEntry = {
  readonly key: string;
  readonly owner: CacheOwner;
  readonly response: CachedResponse;
  /** Left out where the answer is never to be suggested. */
  readonly note?: KeptNote;
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
  set(key: string, owner: CacheOwner, response: CachedResponse, note?: KeptNote): Promise<void>;
  /** In the order of the keys; null for those that are not there. */
  getMany(keys: readonly string[]): Promise<readonly (CachedResponse | null)[]>;
  setMany(entries: readonly CacheEntry[]): Promise<void>;
  /** Forgets what belongs to an owner; with nothing given, all. How many went. Throws where it cannot. */
  clear(owner: Partial<CacheOwner>): Promise<number>;
  stats(): Promise<CacheStats>;
}
