import { sha256 } from '#main/core/hash.ts';
import type { LoopAction, LoopCycle } from '#shared/loops.ts';
import type { EvolutionLimits, GenerationNow } from './evolutionary-ports.ts';

/** What earlier cycles came to, as far as the next one heeds it. */
export type Known = {
  /** What there was when the last search ended; null where none did. */
  readonly basis: string | null;
  /** What there was when any search began or ended: one that is taken back is no news. */
  readonly bases: ReadonlySet<string>;
  /** Searches in a row that found nothing better. */
  readonly barren: number;
  /** What the last search that found something better proposed, while it is only that. */
  readonly open: LoopAction | null;
  /** Strategies that were applied and taken back, as text: a person did not want them. */
  readonly unwanted: ReadonlySet<string>;
};

/** Reads what earlier cycles came to; `history` has the newest first. */
export function knownFrom(history: readonly LoopCycle[]): Known {
  const last = history.find(({ output }) => typeof output?.results.basis === 'string');
  const results = last?.output?.results;
  const actions = history.flatMap(({ output }) => output?.actions ?? []);
  const reverted = actions.filter(({ state }) => state === 'reverted');
  return {
    basis: typeof results?.basis === 'string' ? results.basis : null,
    bases: new Set(
      history.flatMap(({ output }) => {
        const { basis, begunOn } = output?.results ?? {};
        return [basis, begunOn].filter((one) => typeof one === 'string');
      }),
    ),
    barren: typeof results?.barren === 'number' ? results.barren : 0,
    open: actions[0]?.state === 'proposed' ? actions[0] : null,
    unwanted: new Set(reverted.map(({ parameters }) => strategyText(parameters.after))),
  };
}

/** A strategy as text, the same for the same one. */
export function strategyText(strategy: unknown): string {
  const entries = Object.entries(Object(strategy) as Record<string, unknown>);
  return JSON.stringify(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** All that a search's outcome hangs on: while it stays, another search has nothing new to find. */
export function basisOf(now: GenerationNow, { budgetUsd }: EvolutionLimits): string {
  const ready = now.ready.map(({ provider, model }) => `${provider}/${model}`).sort();
  const { roots, lastRun, accepted, use } = now;
  const strategy = strategyText(now.strategy);
  const parts = [use, ready, strategy, [...roots].sort(), lastRun, accepted, budgetUsd];
  return sha256(JSON.stringify(parts)).slice(0, 32);
}
