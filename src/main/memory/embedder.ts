import { cancelled } from '#main/core/abort.ts';
import { OmegaError } from '#shared/error.ts';
import { isZero } from './check-embedding.ts';

/** Makes the vector of one text; calls that come together may be answered together. */
export type Embed = (text: string, signal?: AbortSignal) => Promise<Float32Array>;

/** A text's vector, or null where it says nothing or none could be made: `problem` is why then. */
export type Embedded = { readonly vector: Float32Array | null; readonly problem: string | null };

/** Embeds a text. That the model fails is no error here, that the caller gave up is. */
export async function tryEmbed(
  embed: Embed,
  text: string,
  dimensions: number,
  signal: AbortSignal | undefined,
): Promise<Embedded> {
  try {
    const vector = await embed(text, signal);
    if (vector.length !== dimensions || !vector.every(Number.isFinite)) {
      const message = `The model gave a vector of ${vector.length} numbers that cannot be used.`;
      throw new OmegaError('INTERNAL', message);
    }
    return { vector: isZero(vector) ? null : vector, problem: null };
  } catch (error) {
    if (signal?.aborted) throw cancelled(signal);
    return { vector: null, problem: error instanceof Error ? error.message : String(error) };
  }
}
