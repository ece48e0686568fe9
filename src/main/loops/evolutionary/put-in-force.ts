import type { Intelligence } from '#shared/intelligence.ts';
import type { LoopAction } from '#shared/loops.ts';
import type { ModelProvider } from '#shared/providers.ts';
import type { EvolutionaryPorts, EvolutionLimits, GenerationNow } from './evolutionary-ports.ts';
import { basisOf, type Known, strategyText } from './what-is-known.ts';

/** Puts what a search found in force where that is allowed, else proposes it. */
export async function putInForce(
  ports: EvolutionaryPorts,
  now: GenerationNow,
  limits: EvolutionLimits,
  known: Known,
  made: Intelligence,
): Promise<LoopAction> {
  const after = { ...made.best?.point };
  const parameters = {
    ...{ intelligence: made.id, before: { ...now.strategy }, after },
    ...{ scoreBefore: made.before?.score ?? null, scoreAfter: made.best?.score ?? null },
    ...{ costUsd: made.costUsd, tasks: made.tasks },
  };
  const base = { id: ports.clock.id(), kind: 'setting', parameters };
  const why = whyOnlyProposed(ports, now, limits, known, after);
  if (why !== null) {
    const how = `it is only proposed, as ${why}: omega intelligence apply ${made.id}`;
    return { ...base, description: `${gist(made)}; ${how}`, state: 'proposed' };
  }
  await ports.apply(made.id);
  return { ...base, description: `${gist(made)}; it is in force now.`, state: 'done' };
}

/** Why a strategy is not put in force without a question; null where it may be. */
function whyOnlyProposed(
  { costs }: EvolutionaryPorts,
  { use }: GenerationNow,
  { appliesBetter }: EvolutionLimits,
  { unwanted }: Known,
  after: LoopAction['parameters'],
): string | null {
  if (unwanted.has(strategyText(after))) return 'it was taken back before';
  if (costs(after.provider as ModelProvider) && use !== 'blueprint' && !costs(use)) {
    return `${after.provider} costs money and ${use} does not`;
  }
  return appliesBetter ? null : 'loops.applyBetterStrategies is off';
}

/** Puts in force what was proposed with all that there is still now, where it may be by now; else null. */
export async function nowAllowed(
  ports: EvolutionaryPorts,
  now: GenerationNow,
  limits: EvolutionLimits,
  known: Known,
): Promise<LoopAction | null> {
  const { open, basis } = known;
  if (!open || basisOf(now, limits) !== basis) return null;
  const { intelligence, after } = open.parameters;
  const strategy = Object(after) as LoopAction['parameters'];
  if (whyOnlyProposed(ports, now, limits, known, strategy) !== null) return null;
  await ports.apply(String(intelligence));
  const description = `What was proposed is in force now, as you allow it: ${strategyText(after)}`;
  return { ...open, id: ports.clock.id(), description, state: 'done' };
}

/** What a search came to, without an end. */
export function gist({ best, before, tasks }: Intelligence): string {
  const score = (one: typeof best): string =>
    one ? `${round(one.score.mean)} (${round(one.score.low)} to ${round(one.score.high)})` : 'none';
  const { provider, ensemble, temperature, repairRounds } = best?.point ?? {};
  const way = `${provider}, ensemble ${ensemble}, temperature ${temperature}, ${repairRounds} repair rounds`;
  return `On services that the search had not seen (${tasks}), ${way} makes files worth ${score(best)}, and what was in force ${score(before)}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
