import { throwIfCancelled } from '#main/core/abort.ts';
import type { Clock } from '#main/core/clock.ts';
import type { IntelligenceStore } from '#main/storage/intelligence-store.ts';
import type { Comparison, Intelligence } from '#shared/intelligence.ts';
import type { Applications } from './applications.ts';

/** Between two comparisons of one that is in force, in ms: they take seconds of the machine. */
const restMs = 24 * 3_600_000;

/** What became of an intelligence in force: whether what was before it is better now. */
export type Watched = {
  readonly intelligence: Intelligence;
  readonly comparison: Comparison;
  readonly isRolledBack: boolean;
};

/** What is watched with. */
export type WatchOptions = {
  readonly applications: Applications;
  readonly store: IntelligenceStore;
  readonly clock: Clock;
  /** Measures the settings of an intelligence beside those that were before it. */
  readonly compare: (intelligence: Intelligence, signal: AbortSignal) => Promise<Comparison>;
};

/**
 * Compares what is in force with what was before it, once a day at most, and rolls back what is
 * clearly worse now: data grow, and machines change. One that cannot be measured, or not without
 * spending money, stays. Rejects with `CANCELLED` alone, and with what settings cannot be written for.
 */
export async function watch(
  { applications, store, clock, compare }: WatchOptions,
  signal: AbortSignal,
): Promise<readonly Watched[]> {
  const seen: Watched[] = [];
  for (const intelligence of applications.inForce()) {
    const { applied, before } = intelligence;
    const since = clock.now() - (applied?.checkedAt ?? applied?.at ?? 0);
    if (!applied || !before || Math.abs(since) < restMs) continue;
    const checked = { ...intelligence, applied: { ...applied, checkedAt: clock.now() } };
    // Before it is measured: what cannot be is not tried again in minutes.
    store.save(checked);
    const comparison = await compare(intelligence, signal).catch(() => null);
    throwIfCancelled(signal);
    if (!comparison) continue;
    const isRolledBack = comparison.better === 'other';
    const reason = 'What was before it does better now.';
    const now = isRolledBack ? await applications.rollback(checked, reason) : checked;
    seen.push({ intelligence: now, comparison, isRolledBack });
  }
  return seen;
}
