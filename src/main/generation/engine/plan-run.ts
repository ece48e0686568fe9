import { throwIfCancelled } from '#main/core/abort.ts';
import type { RunSummary } from '#main/storage/run-store.ts';
import type { Job } from '#shared/run.ts';
import type { Learning } from '../memory/learning.ts';
import type { ReviewContext } from '../review/review-context.ts';
import { addNews } from './add-news.ts';
import { matchJobs } from './match-jobs.ts';
import { type Plan, planJobs } from './plan-jobs.ts';
import { scanRoots } from './scan-roots.ts';

/** How a run is planned. */
export type PlanOptions = {
  readonly signal: AbortSignal;
  /** Null where the run neither uses nor adds to what was learned. */
  readonly learning: Learning | null;
  /** Scans at once. */
  readonly concurrency: number;
};

/** A plan, of which `added` has no rows yet and `lost` has failed. */
export type RunPlan = Plan & { readonly added: readonly Job[]; readonly lost: readonly Job[] };

/** Scans the projects of a run and plans its jobs; of one that has jobs already, those that wait. */
export async function planRun(
  context: ReviewContext,
  run: RunSummary,
  options: PlanOptions,
): Promise<RunPlan> {
  const { storage, clock } = context;
  const stored = storage.jobs.list(run.id);
  if (stored.length === 0) {
    const plan = await planRoots(context, run, run.request.roots, options);
    return { ...plan, added: plan.jobs.map(({ job }) => job), lost: [] };
  }
  const waiting = stored.filter(({ state }) => state === 'pending');
  const roots = waiting.map(({ root }) => root);
  const plan = await planRoots(context, run, roots, options);
  return { ...matchJobs(waiting, plan, clock.now()), failures: run.failures, added: [] };
}

async function planRoots(
  context: ReviewContext,
  run: RunSummary,
  roots: readonly string[],
  { signal, learning, concurrency }: PlanOptions,
): Promise<Plan> {
  const { ports, emit } = context;
  const scanned = await scanRoots(ports, [...new Set(roots)], { concurrency, signal, emit });
  throwIfCancelled(signal);
  const planned = await planJobs(context, run, scanned, signal);
  if (!learning) return planned;
  // What was decided a moment ago counts for these files already.
  await learning.settled();
  return { ...planned, jobs: await addNews(learning, planned.jobs, signal) };
}
