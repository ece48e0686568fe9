import type { VectorCollection } from '#main/acceleration/vectors/vector-collection.ts';
import type { VectorIndex } from '#main/acceleration/vectors/vector-index.ts';
import { parseInput } from '#main/core/parse-input.ts';
import type { CollectionRow, VectorRecord } from '#main/storage/vectors/vector-rows.ts';
import type { VectorStore } from '#main/storage/vectors/vector-store.ts';
import {
  type CollectionSummary,
  type FoundVector,
  type NewVector,
  newVectorSchema,
  type VectorName,
  type VectorQuery,
  vectorNameSchema,
  vectorQuerySchema,
} from '#shared/agentdb-vectors.ts';
import { OmegaError } from '#shared/error.ts';
import type { RuntimeEvent } from '#shared/events.ts';
import { checkVector } from './check-vector.ts';
import type { EmbedText } from './meanings.ts';

/** The collection of those who name none. */
const byDefault = 'default';
/** Keeps the callers' collections apart from those that the app makes for itself. */
const prefix = 'agents.';
/** Each open collection has a thread of the compute process. */
const maxCollections = 32;

/** What {@link Vectors} work on. */
export type VectorsOptions = {
  /** The index that runs now; throws where none does. */
  readonly vectors: () => VectorIndex;
  readonly store: VectorStore;
  readonly embed: EmbedText;
  /** Numbers of a vector in the collection of those who name none; asked at each write. */
  readonly dimension: () => number;
  readonly newId: () => string;
  readonly emit: (event: RuntimeEvent) => void;
};

/** What a search found; `degraded` says why it was slow, else null. */
export type VectorsFound = {
  readonly hits: readonly FoundVector[];
  readonly degraded: string | null;
};

/** Vectors in collections, by the callers' own names. */
export class Vectors {
  readonly #options: VectorsOptions;
  #renewing: Promise<unknown> = Promise.resolve();

  constructor(options: VectorsOptions) {
    this.#options = options;
  }

  /**
   * Keeps a vector, in place of one of the same id. A collection that is named is made by its first
   * vector, with that one's length; the default one has the length that is set. Throws
   * `INVALID_INPUT` for a vector of another length, or one that is like nothing.
   */
  async store(input: NewVector): Promise<{ readonly id: string }> {
    const {
      collection,
      id: given,
      vector,
      metadata,
    } = parseInput(newVectorSchema, 'storeVector', input);
    checkVector(vector);
    const id = given ?? this.#options.newId();
    // Others wait: the default collection may be dropped and made anew between.
    const renewed = this.#renewing.then(() => this.#forWriting(collection, vector.length));
    this.#renewing = renewed.catch(() => undefined);
    await (await renewed).upsert([{ id, vector, metadata }]);
    this.#options.emit({ type: 'vector.stored', collection, id });
    return { id };
  }

  /**
   * The like of a vector or a text, best first: as many as are wanted, or as there are. Throws
   * `NOT_FOUND` without such a collection, and what embedding throws.
   */
  async search(input: VectorQuery, signal?: AbortSignal): Promise<VectorsFound> {
    const asked = parseInput(vectorQuerySchema, 'searchVectors', input);
    const name = asked.collection;
    const collection = this.#open(name);
    if (!collection) {
      if (name === byDefault) return { hits: [], degraded: null };
      const message = `There is no collection "${name}"; store a vector in it first.`;
      throw new OmegaError('NOT_FOUND', message);
    }
    if (collection.size === 0) return { hits: [], degraded: null };
    const isText = asked.vector === undefined;
    const vector = asked.vector ?? (await this.#options.embed(asked.text ?? '', signal));
    const { dimensions } = collection.describe();
    if (vector.length !== dimensions) {
      const has = `The collection "${name}" holds vectors of ${dimensions} numbers`;
      const help = isText ? `texts have ${vector.length}: search it by vector` : 'search with one';
      throw new OmegaError('INVALID_INPUT', `${has}, not ${vector.length}; ${help}.`);
    }
    checkVector(vector);
    const { hits, degraded } = await collection.find(vector, {
      k: asked.k,
      ...(asked.filter && { filter: asked.filter }),
      ...(signal && { signal }),
    });
    const found = hits.flatMap(({ id, score }) => {
      const record = collection.get(id);
      return record ? [{ id, score, metadata: record.metadata }] : [];
    });
    return { hits: found, degraded };
  }

  /** A vector as it was put in, or null. */
  get(input: VectorName): VectorRecord | null {
    const { collection, id } = parseInput(vectorNameSchema, 'getVector', input);
    return this.#open(collection)?.get(id) ?? null;
  }

  /** Deletes a vector; whether it was there. */
  async remove(input: VectorName): Promise<{ readonly deleted: boolean }> {
    const { collection, id } = parseInput(vectorNameSchema, 'deleteVector', input);
    const deleted = ((await this.#open(collection)?.remove([id])) ?? 0) > 0;
    if (deleted) this.#options.emit({ type: 'vector.deleted', collection, id });
    return { deleted };
  }

  /** Every collection that something was stored in, by name. */
  collections(): readonly CollectionSummary[] {
    return this.#own().map(({ name, dimensions, size }) => {
      return { name: name.slice(prefix.length), dimensions, size };
    });
  }

  /** The collection of that name, or null where there is none. */
  #open(name: string): VectorCollection | null {
    const { vectors, store } = this.#options;
    const row = store.collections.find(prefix + name);
    return row ? vectors().open(prefix + name, row.dimensions) : null;
  }

  async #forWriting(name: string, length: number): Promise<VectorCollection> {
    const { vectors, store } = this.#options;
    const row = store.collections.find(prefix + name);
    const isKept = row !== null && row.size > 0;
    // With vectors in it, it keeps their length, whatever is set since.
    if (isKept && row.dimensions !== length) {
      throw otherLength(name, row.dimensions, row.size, length);
    }
    const set = this.#options.dimension();
    if (!isKept && name === byDefault && set !== length) {
      const message = `The collection "default" takes vectors of ${set} numbers (agentdb.dimension), not ${length}. Name a collection, which takes the length of its first vector, or change the setting.`;
      throw new OmegaError('INVALID_INPUT', message);
    }
    // Nothing is in it that would be lost: it takes the length that is wanted now.
    if (row && row.dimensions !== length) await vectors().drop(prefix + name);
    if (!row) this.#checkRoom();
    return vectors().open(prefix + name, length);
  }

  #own(): readonly CollectionRow[] {
    return this.#options.store.collections.all().filter(({ name }) => name.startsWith(prefix));
  }

  #checkRoom(): void {
    if (this.#own().length < maxCollections) return;
    const message = `There are ${maxCollections} collections of vectors, more are not kept; put this vector into one of them, told apart by its metadata.`;
    throw new OmegaError('REFUSED', message);
  }
}

function otherLength(name: string, has: number, size: number, length: number): OmegaError {
  const message = `The collection "${name}" holds ${size} vectors of ${has} numbers, so one of ${length} cannot be compared with them. Store it under another collection's name, or delete those first.`;
  return new OmegaError('INVALID_INPUT', message);
}
