import {
  type Intelligence,
  intelligenceSpecSchema,
  type Measured,
  type TrialRecord,
} from '#shared/intelligence.ts';

/** Repeated measurements whose mean has an interval of 7 to both sides. */
export function measured(mean: number, point: Measured['point']): Measured {
  return {
    ...{ point, repeats: 6, variation: 0.02, quality: 0.995, rulesKept: 1 },
    score: { mean, low: mean - 7, high: mean + 7 },
    figures: { recallAt10: 0.995, queriesPerSecond: mean },
  };
}

/** A tuning that found a `point` that is clearly better than comparing everything. */
export function made(change: {
  readonly id: string;
  readonly name: string;
  readonly point: Measured['point'];
}): Intelligence {
  const { id, name, point } = change;
  const shares = { capability: 0.995, efficiency: 0.58, alignment: 1, novelty: 0.4 };
  return {
    ...{ id, state: 'ready', createdAt: Date.now(), endedAt: Date.now() },
    spec: intelligenceSpecSchema.parse({ name, domain: 'vector-search' }),
    ...{ tasks: '20,000 vectors of the collection memories', unit: 'queries/s' },
    ...{ best: measured(412, point), before: measured(300, { engine: 'exact' }), isBetter: true },
    fitness: { ...shares, confidence: 0.98, overall: 0.81 },
    ...{ generation: 2, parents: [], evaluations: 60, costUsd: 0, error: null, applied: null },
  };
}

/** Measurements of a search with these scores. */
export function trialsOf(scores: readonly (number | null)[]): readonly TrialRecord[] {
  return scores.map((score, at) => ({
    ...{ at, point: { engine: 'exact' }, origin: 'tree', generation: 0, parents: [], score },
    error: score === null ? 'It crashed.' : null,
  }));
}
