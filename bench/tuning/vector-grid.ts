import { openEngine } from '#main/acceleration/vectors/engines/open-engine.ts';
import type { VectorEngine } from '#main/acceleration/vectors/engines/vector-engine.ts';
import { RecallProbe } from '#main/acceleration/vectors/index/recall-probe.ts';
import {
  effortOf,
  engineOf,
  vectorScore,
  vectorSpace,
} from '#main/meta-sona/domains/vector-search.ts';
import { benchCorpus } from '../setup.ts';
import { rounded } from '../statistics.ts';
import { type Cell, type Grid, keptGrid } from './grid.ts';

/** Vectors of the grid, queries a measurement asks, and how often each cell is measured. */
const full = { rows: 20_000, probes: 200, repeats: 5, every: 1 };
/** A short form knows few cells; the others count as nothing. */
const small = { rows: 300, probes: 20, repeats: 1, every: 40 };

/**
 * Every point of the space of vector search, measured on real embeddings: each index is built once,
 * and asked in rounds, so that what the machine does meanwhile falls on all efforts alike. A full
 * grid is kept in the cache folder, and measured again with `fresh`.
 */
export function vectorGrid(short: boolean, fresh: boolean): Promise<Grid> {
  return keptGrid('vector-search', { short, fresh }, () => measureAll(short ? small : full));
}

async function measureAll({ rows, probes, repeats, every }: typeof full): Promise<readonly Cell[]> {
  const corpus = await benchCorpus(rows === small.rows);
  const { dimensions } = corpus;
  const base = corpus.base.slice(0, rows * dimensions) as Float32Array<ArrayBuffer>;
  const queries = corpus.queries.slice(0, probes * dimensions) as Float32Array<ArrayBuffer>;
  const keys = Float64Array.from({ length: base.length / dimensions }, (_, at) => at);
  const probe = new RecallProbe(queries, dimensions);
  probe.see(keys, base);
  const all = [...vectorSpace.points()];
  const known = all.filter((_, at) => at % every === 0);
  const byIndex = Map.groupBy(known, (point) => JSON.stringify(engineOf(point)));
  const cells: Cell[] = all
    .filter((_, at) => at % every !== 0)
    .map((point) => ({ point, scores: [0] }));
  for (const [name, points] of byIndex) {
    const engine = openEngine(JSON.parse(name), dimensions, 2);
    engine.train(base, keys.length);
    engine.add(keys, base);
    process.stderr.write(`bench: ${name}, ${points.length} cells\n`);
    const scores = new Map<string, number[]>();
    for (let round = 0; round < repeats; round++) {
      for (const point of points) {
        const key = vectorSpace.keyOf(point);
        scores.set(key, [
          ...(scores.get(key) ?? []),
          await scoreOf(engine, probe, effortOf(point)),
        ]);
      }
    }
    for (const point of points) {
      cells.push({ point, scores: scores.get(vectorSpace.keyOf(point)) ?? [] });
    }
  }
  return cells;
}

async function scoreOf(
  engine: VectorEngine,
  probe: RecallProbe,
  effort: number | null,
): Promise<number> {
  return rounded(vectorScore(await probe.measure(engine, effort ?? engine.effort)));
}
