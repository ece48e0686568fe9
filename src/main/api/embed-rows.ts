import type { Acceleration } from '#main/acceleration/acceleration.ts';

/** The vectors of some texts, one each. Fails as `embedTexts` does. */
export async function embedRows(
  acceleration: Acceleration,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<readonly Float32Array[]> {
  const { vectors, dimensions } = await acceleration.embedTexts(texts, signal);
  return texts.map((_, at) => vectors.subarray(at * dimensions, (at + 1) * dimensions));
}
