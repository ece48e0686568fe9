import { z } from 'zod';
import { OmegaError } from '#shared/error.ts';
import { type Intelligence, usualCapability } from '#shared/intelligence.ts';
import type { CycleOutput, LoopAction } from '#shared/loops.ts';
import { cycleSeed } from '../cycle-seed.ts';
import type { CycleContext, Loop } from '../engine/loop.ts';
import type { EvolutionaryPorts, EvolutionLimits, GenerationNow } from './evolutionary-ports.ts';
import { gist, nowAllowed, putInForce } from './put-in-force.ts';
import { basisOf, type Known, knownFrom } from './what-is-known.ts';

/** Measurements of one search, its last comparison among them. */
const evaluations = 150;

/**
 * The evolutionary loop: varies how files are asked of models, through Meta-SONA, on services of the
 * user's own projects, and keeps what does clearly better on those that the search has not seen.
 */
export function evolutionaryLoop(ports: EvolutionaryPorts): Loop {
  return {
    type: 'evolutionary',
    run: async (_input, context) => {
      const [now, limits] = [await ports.now(), ports.limits()];
      const known = knownFrom(context.history);
      const begunOn = basisOf(now, limits);
      const allowed = await nowAllowed(ports, now, limits, known);
      if (allowed)
        return concluded(
          ports,
          limits,
          { ...known, begunOn },
          [allowed.description],
          [allowed],
          null,
        );
      const why = reasonNotTo(ports, now, limits, known);
      if (why !== null) return nothing(why, known);
      const made = await searched(ports, limits, context);
      if (typeof made === 'string')
        return concluded(ports, limits, { ...known, begunOn }, [made], [], null);
      const quality = made.best?.quality ?? null;
      if (!made.isBetter) {
        const insight = `${gist(made)}: nothing is clearly better than how files are asked for now.`;
        return concluded(ports, limits, { ...known, begunOn }, [insight], [], quality);
      }
      const action = await putInForce(ports, now, limits, known, made);
      return concluded(
        ports,
        limits,
        { ...known, begunOn },
        [action.description],
        [action],
        quality,
        made,
      );
    },
    revert: async ({ parameters }) => {
      const { intelligence } = z.object({ intelligence: z.string() }).parse(parameters);
      try {
        await ports.rollBack(intelligence, 'It was taken back where the loop had applied it.');
      } catch (error) {
        if (!(error instanceof OmegaError) || error.code !== 'REFUSED') throw error;
        const message = 'This strategy is not in force any more; there is nothing to take back.';
        throw new OmegaError('CONFLICT', message, { cause: error });
      }
    },
  };
}

/** Why there is nothing to be searched for now; null where there is. */
function reasonNotTo(
  { costs }: EvolutionaryPorts,
  now: GenerationNow,
  limits: EvolutionLimits,
  known: Known,
): string | null {
  if (now.use === 'blueprint') {
    return 'Blueprints make the files; there is no way of asking models in force that could do better.';
  }
  if (now.ready.length === 0) return 'No provider can be asked; none has what it needs.';
  const dear = now.ready.find(({ provider }) => costs(provider));
  if (dear && limits.budgetUsd === 0) {
    return `Calls to ${dear.provider} cost money, and no budget is set for it; loops.evolutionBudgetUsd does.`;
  }
  if (known.bases.has(basisOf(now, limits))) {
    return 'Nothing has changed since the last search: no run, no decision, no project, no provider.';
  }
  return null;
}

/** What was found, or why nothing was, as a sentence. */
async function searched(
  { create }: EvolutionaryPorts,
  { budgetUsd, seconds }: EvolutionLimits,
  { id, signal }: CycleContext,
): Promise<Intelligence | string> {
  try {
    return await create(
      {
        ...{ name: `evolution ${id}`.slice(0, 100), domain: 'generation', seed: cycleSeed(id) },
        minCapability: usualCapability.generation,
        budget: { evaluations, seconds, costUsd: budgetUsd },
      },
      signal,
    );
  } catch (error) {
    // With what there is now another search would end alike; what broke is tried again.
    const code = error instanceof OmegaError ? error.code : null;
    if (code !== 'CAPABILITY_NOT_REACHED' && code !== 'NOT_AVAILABLE') throw error;
    return (error as OmegaError).message;
  }
}

/** The end of a cycle that searched; what there is now is what the next one compares with. */
async function concluded(
  ports: EvolutionaryPorts,
  limits: EvolutionLimits,
  { barren, begunOn }: Known & { readonly begunOn: string },
  insights: readonly string[],
  actions: readonly LoopAction[],
  quality: number | null,
  made: Intelligence | null = null,
): Promise<CycleOutput> {
  const results = {
    basis: basisOf(await ports.now(), limits),
    begunOn,
    barren: actions.length > 0 ? 0 : barren + 1,
    intelligence: made?.id ?? null,
    evaluations: made?.evaluations ?? null,
    costUsd: made?.costUsd ?? null,
  };
  return { results, insights: [...insights], actions: [...actions], nextObjectives: [], quality };
}

function nothing(why: string, { basis, barren }: Known): CycleOutput {
  const results = { ...(basis === null ? {} : { basis }), barren, searched: false };
  return { results, insights: [why], actions: [], nextObjectives: [], quality: null };
}
