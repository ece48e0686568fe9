import { OmegaError } from '#shared/error.ts';
import type { CycleOutput } from '#shared/loops.ts';
import type { VectorsPort } from './transformative-ports.ts';

/**
 * Embeds anew what another model embedded, whose vectors cannot be compared with the present one's,
 * and what has no vector. Where nothing can be embedded here the rest of the cycle goes on. One that
 * is cut off in the middle is begun again: the model is noted once the old vectors are gone.
 */
export async function embedRest(
  vectors: VectorsPort,
  signal: AbortSignal,
): Promise<Pick<CycleOutput, 'results' | 'insights'>> {
  try {
    const [model, before] = [await vectors.model(), vectors.embeddedBy()];
    const isOther = before !== null && before !== model;
    const forgotten = isOther ? await vectors.forget(signal) : 0;
    if (before !== model) vectors.noteEmbeddedBy(model);
    const embedded = await vectors.embedWaiting(signal);
    const insights = [
      ...(isOther ? [`The model is another one: ${forgotten} texts are embedded anew.`] : []),
      ...(embedded > 0
        ? [`${embedded} texts that had no vector got one; they are found by meaning now.`]
        : []),
    ];
    return { results: { model, embedded, forgotten }, insights };
  } catch (error) {
    if (signal.aborted || !(error instanceof OmegaError)) throw error;
    return { results: { embedded: null, notEmbedded: error.message }, insights: [] };
  }
}
