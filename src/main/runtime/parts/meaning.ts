import type { VectorIndex } from '#main/acceleration/vectors/vector-index.ts';
import { OmegaError } from '#shared/error.ts';
import type { EmbeddingsPart } from './embeddings-part.ts';

/** Where those that find things by meaning get vectors and indexes, of whatever runs at the time. */
export type Meaning = {
  /** The vector of a text. Fails with `UNAVAILABLE` where there is no model. */
  readonly embed: (text: string, signal?: AbortSignal) => Promise<Float32Array>;
  /** The indexes; throws `UNAVAILABLE` where there are none. */
  readonly vectors: () => VectorIndex;
};

/** Meaning as the embeddings of the runtime give it; none where it was opened without them. */
export function meaningOf(embeddings: EmbeddingsPart | null): Meaning {
  if (embeddings === null) {
    return {
      embed: () => Promise.reject(without()),
      vectors: () => {
        throw without();
      },
    };
  }
  return {
    embed: (text, signal) => embeddings.running.current.embedText(text, signal),
    vectors: () => {
      const { vectors } = embeddings.running.current;
      if (vectors) return vectors;
      throw without();
    },
  };
}

function without(): OmegaError {
  return new OmegaError('UNAVAILABLE', 'The runtime was opened without a model.');
}
