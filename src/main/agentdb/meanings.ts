import type { EmbedText } from '#main/acceleration/embeddings/remembered-texts.ts';
import type {
  VectorCollection,
  VectorFilter,
} from '#main/acceleration/vectors/vector-collection.ts';
import type { VectorIndex } from '#main/acceleration/vectors/vector-index.ts';
import type { Clock } from '#main/core/clock.ts';
import type { Storage } from '#main/storage/storage.ts';
import type { VectorRecord } from '#main/storage/vectors/vector-rows.ts';
import { OmegaError } from '#shared/error.ts';
import type { RuntimeEvent } from '#shared/events.ts';
import { checkEmbedding } from './check-vector.ts';

export type { EmbedText };

/** Rows without a vector that are embedded before a search: some seconds at most. */
export const catchUpRows = 64;

/** A vector, or why there is none. */
export type Meaning =
  | { readonly vector: Float32Array; readonly problem: null }
  | { readonly vector: null; readonly problem: string };

/** A row that waits for its vector. */
export type WaitingRow = Omit<VectorRecord, 'vector'> & {
  readonly text: string;
  /** Notes that it has its vector; runs in the transaction that stores it. */
  readonly done: () => void;
};

/** What {@link Meanings} are opened with. */
export type MeaningsOptions = {
  readonly vectors: VectorIndex;
  /** Name of the collection in the index. */
  readonly collection: string;
  /** Numbers of an embedding. */
  readonly dimensions: number;
  readonly embed: EmbedText;
};

/** What a part is made of whose rows are searched by meaning. */
export type MeaningfulPart = {
  readonly storage: Storage;
  readonly meanings: Meanings;
  /** Embeds what is stored, which need not be remembered as questions are. */
  readonly embedNew: EmbedText;
  readonly clock: Clock;
  readonly emit: (event: RuntimeEvent) => void;
};

/** The vectors of rows that lie in tables of their own, written with them and searched by meaning. */
export class Meanings {
  readonly #options: MeaningsOptions;
  #opened: VectorCollection | null = null;

  constructor(options: MeaningsOptions) {
    this.#options = options;
  }

  /**
   * The vector of a text, or of the caller, which is checked. Where it cannot be had the row goes
   * without one for now. Fails with `INVALID_INPUT` or `CANCELLED` alone.
   * @param embed in place of the usual one
   */
  async of(
    text: string,
    given: Float32Array | undefined,
    signal: AbortSignal | undefined,
    embed: EmbedText = this.#options.embed,
  ): Promise<Meaning> {
    if (given) {
      checkEmbedding(given, this.#options.dimensions);
      return { vector: given, problem: null };
    }
    try {
      const vector = await embed(text, signal);
      checkEmbedding(vector, this.#options.dimensions);
      return { vector, problem: null };
    } catch (error) {
      if (error instanceof OmegaError && error.code === 'CANCELLED') throw error;
      const said = error instanceof Error ? error.message : String(error);
      return { vector: null, problem: `The text could not be embedded: ${said}` };
    }
  }

  /** Writes a row with its vector in one transaction. Throws what `row` throws, and then wrote nothing. */
  write(record: VectorRecord, row: () => void): Promise<void> {
    return this.#collection().upsert([record], row);
  }

  /** Ids by how like their vectors are to one, with the cosine. */
  find(
    vector: Float32Array,
    options: {
      readonly k: number;
      readonly filter?: VectorFilter;
      readonly signal?: AbortSignal | undefined;
    },
  ) {
    const { k, filter, signal } = options;
    return this.#collection().find(vector, {
      k,
      ...(filter && { filter }),
      ...(signal && { signal }),
    });
  }

  /** Embeds rows that were stored while the embedder was not to be had; stops at the first that fails. */
  async catchUp(waiting: readonly WaitingRow[], signal: AbortSignal | undefined): Promise<void> {
    for (const { id, metadata, text, done } of waiting) {
      const { vector } = await this.of(text, undefined, signal);
      if (!vector) return;
      await this.write({ id, vector, metadata }, done);
    }
  }

  #collection(): VectorCollection {
    const { vectors, collection, dimensions } = this.#options;
    this.#opened ??= vectors.open(collection, dimensions);
    return this.#opened;
  }
}
