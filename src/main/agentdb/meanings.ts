import type { EmbedText } from '#main/acceleration/embeddings/remembered-texts.ts';
import type {
  VectorCollection,
  VectorFilter,
} from '#main/acceleration/vectors/vector-collection.ts';
import type { VectorIndex } from '#main/acceleration/vectors/vector-index.ts';
import type { Clock } from '#main/core/clock.ts';
import { systemCode } from '#main/core/file-error.ts';
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
  /** Whether it still waits: asked once its vector is there. */
  readonly isDue: () => boolean;
  /** Notes that it has its vector; runs in the transaction that stores it. */
  readonly done: () => void;
};

/** What {@link Meanings} are opened with. */
export type MeaningsOptions = {
  /** The index that runs now; throws where none does. */
  readonly vectors: () => VectorIndex;
  /** Name of the collection in the index. */
  readonly collection: string;
  /** Numbers of an embedding. */
  readonly dimensions: number;
  /** Embeds what is asked, and remembers it. */
  readonly embedQuery: EmbedText;
  /** Embeds what is stored, which is not asked for again. */
  readonly embedNew: EmbedText;
};

/** What a part is made of whose rows are searched by meaning. */
export type MeaningfulPart = {
  readonly storage: Storage;
  readonly meanings: Meanings;
  readonly clock: Clock;
  readonly emit: (event: RuntimeEvent) => void;
};

/** The vectors of rows that lie in tables of their own, written with them and searched by meaning. */
export class Meanings {
  readonly #options: MeaningsOptions;
  #opened: { readonly by: VectorIndex; readonly collection: VectorCollection } | null = null;

  constructor(options: MeaningsOptions) {
    this.#options = options;
  }

  /**
   * The vector of what is asked: of a text, or the caller's own, which is checked; or why there is
   * none now, where the text's words can be looked for instead. Fails with a retryable
   * `SUBSYSTEM_DEGRADED` where there is no text, and with `INVALID_INPUT` and `CANCELLED`.
   */
  async ofAsked(
    text: string | undefined,
    given: Float32Array | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Meaning> {
    const meaning = await this.#of(this.#options.embedQuery, text ?? '', given, signal);
    if (meaning.vector !== null || text !== undefined) return meaning;
    const message = `${meaning.problem} Ask with a text, which can be found by its words.`;
    throw new OmegaError('SUBSYSTEM_DEGRADED', message, { retryable: true });
  }

  /** The vector of what is to be stored, or why it goes without one for now. Fails as {@link ofAsked}. */
  ofStored(text: string, given?: Float32Array, signal?: AbortSignal): Promise<Meaning> {
    return this.#of(this.#options.embedNew, text, given, signal);
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
    for (const { id, metadata, text, isDue, done } of waiting) {
      const { vector } = await this.ofStored(text, undefined, signal);
      if (!vector) return;
      if (!isDue()) continue;
      try {
        await this.write({ id, vector, metadata }, done);
      } catch (error) {
        // A store that cannot be written now can still be searched.
        if (!systemCode(error).startsWith('SQLITE_')) throw error;
        return;
      }
    }
  }

  async #of(
    embed: EmbedText,
    text: string,
    given: Float32Array | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Meaning> {
    if (given) checkEmbedding(given, this.#options.dimensions);
    try {
      const vector = given ?? (await embed(text, signal));
      checkEmbedding(vector, this.#options.dimensions);
      // Where there is none to search, a vector is of no use.
      this.#collection();
      return { vector, problem: null };
    } catch (error) {
      if (error instanceof OmegaError && error.code === 'CANCELLED') throw error;
      const said = error instanceof Error ? error.message : String(error);
      return { vector: null, problem: `There is no search by meaning now: ${said}` };
    }
  }

  #collection(): VectorCollection {
    const { vectors, collection, dimensions } = this.#options;
    const by = vectors();
    if (this.#opened?.by !== by) {
      this.#opened = { by, collection: by.open(collection, dimensions) };
    }
    return this.#opened.collection;
  }
}

/** Embeds rows by and by, until none is left or none can be embedded; how many it could. */
export async function embedAll(
  pending: () => number,
  someMore: () => Promise<void>,
): Promise<number> {
  const first = pending();
  for (let before = first; before > 0; ) {
    await someMore();
    const left = pending();
    if (left >= before) break;
    before = left;
  }
  return Math.max(0, first - pending());
}
