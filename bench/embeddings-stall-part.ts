import type { Acceleration } from '#main/acceleration/acceleration.ts';
import { embeddingDimensions } from '#main/acceleration/embeddings/model-files.ts';
import { stallP99Ms } from './event-loop-stalls.ts';
import { sentences } from './sentences.ts';
import { VectorApp } from './vector-app.ts';

/**
 * How late this thread's timers are, as {@link stallP99Ms} says, while texts are embedded and an
 * index of vectors is made anew from the store: opened, measured, built.
 */
export async function stallWhileRebuilding(app: Acceleration, short: boolean): Promise<number> {
  const [texts, rows] = short ? [16, 500] : [1000, 20_000];
  const vectors = new VectorApp(embeddingDimensions, 'exact');
  try {
    // What the numbers are is nothing to how long they take.
    await vectors.fill(Float32Array.from({ length: rows * embeddingDimensions }, Math.random));
    await vectors.collection.ready();
    return await stallP99Ms(() =>
      Promise.all([app.embedTexts(sentences(texts)), vectors.restart('usearch')]),
    );
  } finally {
    await vectors.dispose();
  }
}
