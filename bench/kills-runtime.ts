import { join } from 'node:path';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import { embeddingDimensions } from '#main/acceleration/embeddings/model-files.ts';
import { fixed } from '#main/core/live.ts';
import { OmegaRuntime } from '#main/runtime/omega-runtime.ts';
import { configDefaults, withChange } from '#shared/config.ts';
import { seededRandom } from './synthetic-source.ts';

const root = join(import.meta.dirname, '..');

/** Where the writers' vectors are. */
export const collection = 'kills';

/** A runtime with search by vector and without a model: embeddings are given, nothing is downloaded. */
export function killsRuntime(dataFolder: string): OmegaRuntime {
  return new OmegaRuntime({
    dataFolder,
    // No process that looks for a GPU: nothing is embedded.
    config: fixed(withChange(configDefaults, { 'acceleration.device': 'cpu' })),
    acceleration: {
      spawn: forkCompute(join(root, 'src', 'main', 'acceleration', 'compute', 'main.ts')),
      modelsFolder: join(dataFolder, 'no-models'),
    },
  });
}

/** The vector that belongs to a number: none is like another. */
export function vectorOf(seed: number): Float32Array {
  const random = seededRandom(seed + 1);
  return Float32Array.from({ length: embeddingDimensions }, () => random() - 0.5);
}

/** The word that only the memory of that number has. */
export function wordOf(seed: number): string {
  return `kill${seed}`;
}
