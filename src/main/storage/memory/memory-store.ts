import type { Memory, MemoryTier } from '#shared/memory.ts';
import type { MemoryScope, Retention } from './memory-scope.ts';

/** What an embedded store answers at once and one on another machine later. */
export type Awaitable<T> = T | Promise<T>;

/** A memory without an id, to be stored, and its vector; null where it has none yet. */
export type MemoryToStore = Omit<Memory, 'id'> & { readonly vector: Float32Array | null };

/** A memory as the store knows it. Times are ms since 1970. */
export type StoredMemory = {
  /** Its number in the store: later ones are larger, and none is used again. */
  readonly key: number;
  readonly memory: Memory;
  /** Changes with every change but a recall. */
  readonly revision: number;
  /** Of its vector; null where it has none. */
  readonly vectorKey: number | null;
  /** When it came to its tier, and when time was last taken off its importance. */
  readonly enteredAt: number;
  readonly decayedAt: number;
  /** When it was first seen to have outlived its tier, on the clock of {@link MemoryState.livedMs}; or null. */
  readonly expiredSince: number | null;
};

type Changeable = Pick<
  Memory,
  | 'tier'
  | 'text'
  | 'importance'
  | 'confidence'
  | 'tags'
  | 'metadata'
  | 'createdAt'
  | 'accessedAt'
  | 'provenance'
> & { readonly enteredAt: number; readonly decayedAt: number; readonly addUses: number };

/** What is to become of one memory; absent fields stay. */
export type MemoryEdit = {
  readonly key: number;
  readonly revision: number;
  readonly set: { readonly [Field in keyof Changeable]?: Changeable[Field] | undefined };
  /** Its new vector; null takes the present one away. */
  readonly vector?: Float32Array | null;
};

/** Changes that belong together: all happen, or none where one of the memories is at another revision. */
export type EditGroup = {
  readonly edits?: readonly MemoryEdit[];
  readonly removes?: readonly { readonly key: number; readonly revision: number }[];
};

/** Which groups happened, in order, and keys of vectors that nothing has any more. */
export type Applied = {
  readonly done: readonly boolean[];
  readonly goneVectors: readonly number[];
};

/** A memory that has words of a query: `score` is BM25's, higher is better. */
export type TextHit = { readonly key: number; readonly score: number };

/** A recall that is to be noted. */
export type Touch = { readonly key: number; readonly count: number; readonly at: number };

/** How far consolidation came. */
export type MemoryState = {
  /** Vectors up to this key were compared with their neighbours. */
  readonly mergedUpto: number;
  /** The clock when it last ran, and how much time it believes to have passed in all, in ms. */
  readonly seenAt: number | null;
  readonly livedMs: number;
};

/**
 * Where memories are kept: a port with one embedded implementation. What a write has answered is on
 * its way to the disk and found by every query that begins after.
 */
export interface MemoryStore {
  /** Stores memories with their vectors, all or none; their ids, in order. */
  insert(memories: readonly MemoryToStore[]): Awaitable<readonly string[]>;
  find(id: string): Awaitable<StoredMemory | null>;
  apply(groups: readonly EditGroup[]): Awaitable<Applied>;
  /** Notes recalls; of memories that are gone nothing is noted. */
  touch(touches: readonly Touch[]): Awaitable<void>;
  /** Memories in scope that have words of the text, best first. Waits until all texts are taken in. */
  searchText(text: string, scope: MemoryScope, limit: number): Awaitable<readonly TextHit[]>;
  /** Takes in some texts that wait for the full text, and says whether more do. */
  takeInText(): Awaitable<boolean>;
  /** Those of the keys that are in scope, in the order given. */
  matching(keys: readonly number[], scope: MemoryScope): Awaitable<readonly StoredMemory[]>;
  /** Keys of the memories whose vectors have these keys, where they are in scope, by those. */
  ofVectors(
    vectorKeys: readonly number[],
    scope: MemoryScope,
  ): Awaitable<ReadonlyMap<number, number>>;
  /** Those of the keys that no vector has any more. */
  goneVectors(vectorKeys: readonly number[]): Awaitable<readonly number[]>;
  /** Memories in scope with keys above `from` up to `to`, newest first. */
  newest(
    scope: MemoryScope,
    range: { readonly from: number; readonly to: number },
    limit: number,
  ): Awaitable<readonly StoredMemory[]>;
  /** Keys of memories in scope and of their vectors, in a range of keys. */
  vectorKeys(
    scope: MemoryScope,
    range: { readonly from: number; readonly to: number },
    limit: number,
  ): Awaitable<readonly { readonly key: number; readonly vectorKey: number }[]>;
  /** All memories after a key, in the order of keys. */
  page(after: number, limit: number): Awaitable<readonly StoredMemory[]>;
  /** Memories that have no vector yet, after a key. */
  withoutVector(after: number, limit: number): Awaitable<readonly StoredMemory[]>;
  /** Notes that a memory has nothing that could be embedded: it does not wait for a vector. */
  needsNoVector(key: number): Awaitable<void>;
  /** Notes when memories were first seen to have outlived their tier; null takes the note away. */
  markExpired(keys: readonly number[], since: number | null): Awaitable<void>;
  /** The largest key. */
  lastKey(): Awaitable<number>;
  /** Memories of each tier that are within their retention. */
  sizes(retention: Retention, now: number): Awaitable<Readonly<Record<MemoryTier, number>>>;
  state(): Awaitable<MemoryState>;
  keepState(state: MemoryState): Awaitable<void>;
}
