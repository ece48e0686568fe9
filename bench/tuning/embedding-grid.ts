import { join } from 'node:path';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import { fixed } from '#main/core/live.ts';
import { embeddingDomain } from '#main/meta-sona/domains/embedding-domain.ts';
import { embeddingSpace } from '#main/meta-sona/domains/embedding-space.ts';
import { configDefaults } from '#shared/config.ts';
import { intelligenceSpecSchema } from '#shared/intelligence.ts';
import { rounded } from '../statistics.ts';
import { type Cell, type Grid, keptGrid } from './grid.ts';

const root = join(import.meta.dirname, '..', '..');
const { signal } = new AbortController();

/** How texts are embedded on the CPU, as the app tries it. */
export function embeddings() {
  return embeddingDomain({
    spawn: forkCompute(join(root, 'src', 'main', 'acceleration', 'compute', 'main.ts')),
    modelsFolder: join(root, 'resources', 'models'),
    settings: fixed({ ...configDefaults.acceleration, device: 'cpu' }),
    ownTexts: () => [],
  });
}

/** Every point of the space of embeddings, each measured several times. */
export function embeddingGrid(short: boolean, fresh: boolean): Promise<Grid> {
  return keptGrid('embedding', { short, fresh }, () => measureAll(short ? 1 : 4, short ? 40 : 1));
}

async function measureAll(repeats: number, every: number): Promise<readonly Cell[]> {
  const spec = intelligenceSpecSchema.parse({ name: 'grid', domain: 'embedding' });
  const bench = await embeddings().open(spec, signal);
  const cells: Cell[] = [];
  try {
    for (const [at, point] of [...embeddingSpace.points()].entries()) {
      const scores: number[] = [];
      // A short form knows some cells only; the others count as nothing.
      for (let turn = 0; turn < repeats && at % every === 0; turn++) {
        scores.push(rounded((await bench.evaluate(point, 'held-out', turn, signal)).score, 2));
      }
      cells.push({ point, scores: scores.length > 0 ? scores : [0] });
    }
  } finally {
    await bench.dispose();
  }
  return cells;
}
