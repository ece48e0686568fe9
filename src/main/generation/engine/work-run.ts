import { throwIfCancelled } from '#main/core/abort.ts';
import type { RunSummary } from '#main/storage/run-store.ts';
import { type ErrorData, OmegaError } from '#shared/error.ts';
import type { Maker } from '#shared/providers.ts';
import type { RunState } from '#shared/run.ts';
import type { Learning } from '../memory/learning.ts';
import { compareProposals } from '../review/compare-proposals.ts';
import type { ReviewContext } from '../review/review-context.ts';
import { chunkWork } from './chunk-work.ts';
import type { Drained, JobQueue } from './job-queue.ts';
import type { JobReactions } from './job-reactions.ts';
import type { ModelWork } from './model-work.ts';
import { planRun, type RunPlan } from './plan-run.ts';
import type { ThreadShare } from './thread-share.ts';

/** How a run is worked through, and how others steer it. */
export type WorkRunOptions = {
  /** Cancels the run. */
  readonly signal: AbortSignal;
  /** Leaves the run as it stands, for the next process to go on with. */
  readonly release: AbortSignal;
  /** Null where the run neither uses nor adds to what was learned. */
  readonly learning: Learning | null;
  readonly models: ModelWork;
  readonly reactions: JobReactions;
  /** Shared with the queue. */
  readonly thread: ThreadShare;
  /** Chunks at once; asked again whenever one could begin. */
  readonly concurrency: () => number;
  /** Why the run is to be paused; null while it is not. */
  readonly pausedFor: () => string | null;
  /** Pauses the run. */
  readonly pause: (why: string) => void;
};

/**
 * Works through a run, or through what is left of it: scans its projects, plans its jobs, does them.
 * Never rejects: what goes wrong becomes a failure of the run. It has failed when no job of it went well.
 */
export async function workRun(
  context: ReviewContext,
  queue: JobQueue,
  run: RunSummary,
  options: WorkRunOptions,
): Promise<void> {
  const { storage, clock, config, emit } = context;
  const { signal, release } = options;
  let current = run;
  const update = (change: Partial<RunSummary>): void => {
    current = { ...current, ...change };
    saveRun(context, current);
  };
  try {
    const concurrency = options.concurrency();
    const either = AbortSignal.any([signal, release]);
    const plan = await planRun(context, run, { ...options, concurrency, signal: either });
    queue.add(plan.added);
    for (const job of plan.lost) {
      storage.jobs.save(job);
      emit({ type: 'job.updated', job });
    }
    update({ state: 'running', failures: plan.failures });
    const drained = await drain(context, queue, run, plan, options);
    throwIfCancelled(signal);
    if (drained === 'paused') {
      const paused = options.pausedFor();
      if (paused !== null) update({ state: 'paused', paused });
      return;
    }
    await compare(context, run.id, signal);
    update({ state: verdict(context, run.id), endedAt: clock.now() });
    storage.runs.prune(config.current.run.keep);
  } catch (error) {
    if (release.aborted && !signal.aborted) return;
    endEarly(context, update, current, signal.aborted ? null : error);
  }
}

/** The files are there without it, so the run does not fail for it. */
async function compare(context: ReviewContext, runId: string, signal: AbortSignal): Promise<void> {
  try {
    await compareProposals(context, runId, signal);
  } catch (error) {
    throwIfCancelled(signal);
    context.logger.warn({ err: error, run: runId }, 'The files of a run were not compared.');
  }
}

/** Keeps the run and tells the doors. */
export function saveRun({ storage, emit }: ReviewContext, run: RunSummary): void {
  storage.runs.save(run, storage.instance.id);
  emit({ type: 'run.updated', run });
}

async function drain(
  context: ReviewContext,
  queue: JobQueue,
  run: RunSummary,
  { jobs }: RunPlan,
  options: WorkRunOptions,
): Promise<Drained> {
  const { config } = context;
  const { signal, concurrency, learning, models, reactions, thread, pause } = options;
  const { use, batchSize, priority } = run.request;
  const work = chunkWork(
    { ...context, run, learning, reactions },
    {
      planned: jobs,
      models,
      thread,
      pause,
    },
  );
  const done = queue.drain(run.id, work, {
    concurrency,
    // The blueprints make each file by itself: taking some together would gain nothing.
    chunkSize: () => (use === 'blueprint' ? 1 : (batchSize ?? batchOf(config.current))),
    priority: priority ?? 0,
    timeoutMs: (count) => count * longestJobMs(use, config.current),
    signal,
  });
  // It may have been asked for while the projects were scanned.
  if (options.pausedFor() !== null) queue.pause(run.id);
  if (options.release.aborted) queue.release(run.id);
  return done;
}

/**
 * Each request to a model has its own time, and a job few of them: retries, other providers, repairs.
 * This is for a job that ends by none of these.
 */
function longestJobMs(use: Maker, { async }: ReviewContext['config']['current']): number {
  return async.timeoutSecs * 1000 * (use === 'blueprint' ? 1 : 20);
}

function batchOf({ batch }: ReviewContext['config']['current']): number {
  return batch.enabled ? batch.size : 1;
}

function verdict({ storage }: ReviewContext, runId: string): RunState {
  const good = storage.jobs.list(runId).some(({ state }) => state === 'completed');
  return good ? 'completed' : 'failed';
}

/** Ends a run that was cancelled (`error` is null) or whose store failed. */
function endEarly(
  context: ReviewContext,
  update: (change: Partial<RunSummary>) => void,
  run: RunSummary,
  error: unknown,
): void {
  const { logger, clock } = context;
  const state: RunState = error === null ? 'cancelled' : 'failed';
  if (error !== null) logger.error({ err: error, run: run.id }, 'A run failed.');
  try {
    cancelJobs(context, run.id);
    const failure =
      error === null ? [] : [{ root: run.request.roots[0] ?? '', error: data(error) }];
    update({ state, endedAt: clock.now(), failures: [...run.failures, ...failure] });
  } catch (second) {
    // The store itself fails; the next start finds the run without its owner.
    logger.error({ err: second, run: run.id }, 'The end of a run could not be kept.');
  }
}

/** Cancels what of a run has not ended, once nobody works on it. */
export function cancelJobs({ storage, clock, emit }: ReviewContext, runId: string): void {
  for (const job of storage.jobs.unfinished(runId)) {
    const ended = { ...job, state: 'cancelled', endedAt: clock.now() } as const;
    storage.jobs.save(ended);
    emit({ type: 'job.updated', job: ended });
  }
}

function data(error: unknown): ErrorData {
  if (error instanceof OmegaError) return error.toData();
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'INTERNAL', message: `The run broke off: ${message}`, retryable: true };
}
