import { OmegaError } from '#shared/error.ts';
import type { Intelligence, IntelligenceSpec } from '#shared/intelligence.ts';
import type { Created } from './create.ts';
import type { Domain } from './domains/domain.ts';
import { fitnessOf } from './evaluate/fitness.ts';
import { isClearlyBetter } from './evaluate/measured.ts';
import { keepsConstraints } from './evaluate/rules.ts';
import type { Point } from './space/dimension.ts';

/**
 * What a search came to, set against what was asked for: the best that is capable enough and keeps
 * all limits, or else the one that comes nearest, refused. `known` are points that were found before.
 */
export function judge(
  spec: IntelligenceSpec,
  domain: Domain,
  { ranked, before, tasks, evaluations, costUsd, trials }: Created,
  known: readonly Point[],
): Partial<Intelligence> {
  const fits = ranked.find(
    (one) => one.quality >= spec.minCapability && keepsConstraints(one.figures, spec.constraints),
  );
  const [nearest] = ranked.toSorted((a, b) => b.quality - a.quality || b.rulesKept - a.rulesKept);
  const best = fits ?? nearest;
  if (!best) return { state: 'failed' };
  const key = domain.space.keyOf(best.point);
  const trial = trials.find((one) => one.key === key);
  const others = before && before !== best ? [...known, before.point] : known;
  return {
    state: fits ? 'ready' : 'refused',
    tasks,
    best,
    before,
    isBetter: before !== null && before !== best && isClearlyBetter(best, before),
    fitness: fitnessOf(domain.space, best, before, others),
    generation: trial?.generation ?? 0,
    parents: [...(trial?.parents ?? [])],
    evaluations,
    costUsd,
  };
}

/** The error for one that was refused; its details hold the id and what was measured. */
export function notReached({ id, spec, best }: Intelligence): OmegaError {
  const { quality = 0, rulesKept = 0 } = best ?? {};
  const reached = `it does ${percent(quality)} of the work right and keeps ${percent(rulesKept)} of the rules`;
  const message = `${spec.name} was not made: at least ${percent(spec.minCapability)} and all limits were asked for, and of the best that was found ${reached}. Ask for less, or give it a larger budget.`;
  return new OmegaError('CAPABILITY_NOT_REACHED', message, { details: { id, best } });
}

function percent(share: number): string {
  return `${Math.round(share * 1_000) / 10} %`;
}
