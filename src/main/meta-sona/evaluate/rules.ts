import type { Constraints } from '#shared/intelligence.ts';
import type { Evaluation } from '../domains/domain.ts';

/** How fast worth falls beyond a limit: at twice of what is allowed a sixteenth is left. */
const steepness = 4;

/** A limit of a spec, and the figure that it is for. Those of hardening have to be reached, not kept below. */
const limited = [
  { limit: 'latencyMs', isLeast: false },
  { limit: 'memoryMb', isLeast: false },
  { limit: 'costUsd', isLeast: false },
  { limit: 'hardening', isLeast: true },
] as const;

/**
 * An evaluation with the limits of a spec among its rules. What breaks one is worth less, the further
 * the less, so that a search finds its way back. A limit on what the domain does not measure is no rule.
 */
export function underConstraints(evaluation: Evaluation, constraints: Constraints): Evaluation {
  const rules: Record<string, boolean> = { ...evaluation.rules };
  let worth = 1;
  for (const { limit, within } of judged(evaluation.figures, constraints)) {
    rules[limit] = within >= 1;
    worth *= Math.min(1, within) ** steepness;
  }
  return { ...evaluation, rules, score: evaluation.score * worth };
}

/** Whether figures keep every limit of a spec that they measure. */
export function keepsConstraints(
  figures: Evaluation['figures'],
  constraints: Constraints,
): boolean {
  return judged(figures, constraints).every(({ within }) => within >= 1);
}

/** Each limit that is measured, and how far within it the figure is: 1 at the limit, less beyond. */
function judged(figures: Evaluation['figures'], constraints: Constraints) {
  return limited.flatMap(({ limit, isLeast }) => {
    const bound = constraints[limit];
    const value = figures[limit];
    if (bound === undefined || value === undefined) return [];
    const isKept = isLeast ? value >= bound : value <= bound;
    return [{ limit, within: isKept ? 1 : isLeast ? value / bound : bound / value }];
  });
}
