import { embeddingDimensions } from '#main/acceleration/embeddings/model-files.ts';

/** A vector as memories have it, along an axis of its own: each is unlike all others. */
export function embeddingOf(axis: number, length = embeddingDimensions): Float32Array<ArrayBuffer> {
  const vector = new Float32Array(length);
  vector[axis % length] = 1;
  return vector;
}
