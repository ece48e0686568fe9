import { OmegaError } from '#shared/error.ts';

/**
 * Throws `INVALID_INPUT` for a vector that is like nothing: one of zeros, which has no direction and
 * so no cosine, or with a number that is not finite.
 */
export function checkVector(vector: Float32Array): void {
  if (!vector.every(Number.isFinite)) {
    throw refused('It holds a number that is not finite, or too large for 32 bits');
  }
  if (vector.every((value) => value === 0)) {
    throw refused('A vector of zeros has no direction, so nothing can be like it');
  }
}

/** As {@link checkVector}, for a vector that stands for the meaning of a text. */
export function checkEmbedding(vector: Float32Array, dimensions: number): void {
  checkVector(vector);
  if (vector.length === dimensions) return;
  throw refused(`An embedding has ${dimensions} numbers here, not ${vector.length}`);
}

function refused(what: string): OmegaError {
  const message = `${what}; give the text and leave the vector out, or embed it again.`;
  return new OmegaError('INVALID_INPUT', message);
}
