import { openEngine } from '#main/acceleration/vectors/engines/open-engine.ts';
import type { EngineChoice } from '#main/acceleration/vectors/engines/vector-engine.ts';
import { seededRandom } from '../../bench/synthetic-source.ts';

/** Every engine that the app has. */
export const engineChoices: readonly EngineChoice[] = [
  { engine: 'exact' },
  { engine: 'usearch', quantisation: 'bf16' },
  { engine: 'usearch', quantisation: 'f16' },
  { engine: 'faiss-flat' },
  { engine: 'faiss-ivf' },
  { engine: 'faiss-hnsw' },
];

/** False where faiss could not be built; tests of its engines are then skipped. */
export const hasFaiss = works({ engine: 'faiss-flat' });

/** Whether the engine can be had here. */
export function works(choice: EngineChoice): boolean {
  try {
    openEngine(choice, 4, 1);
    return true;
  } catch {
    return false;
  }
}

/** Unit vectors around a few centres, from a seed: like embeddings, and unlike pure noise, they have neighbours. */
export function clustered(count: number, dimensions: number, seed = 1): Float32Array<ArrayBuffer> {
  const random = seededRandom(seed);
  const centres = Array.from({ length: 12 }, () =>
    Array.from({ length: dimensions }, () => random() - 0.5),
  );
  const rows = new Float32Array(count * dimensions);
  for (let row = 0; row < count; row += 1) {
    const centre = centres[row % centres.length] ?? [];
    const vector = centre.map((value) => value + (random() - 0.5) * 0.6);
    const length = Math.hypot(...vector);
    rows.set(
      vector.map((value) => value / length),
      row * dimensions,
    );
  }
  return rows;
}
