import { throwIfCancelled } from '#main/core/abort.ts';
import type { RunSummary } from '#main/storage/run-store.ts';
import { type ErrorData, OmegaError } from '#shared/error.ts';
import type { RunState } from '#shared/run.ts';
import type { Learning } from '../memory/learning.ts';
import type { ReviewContext } from '../review/review-context.ts';
import { addNews } from './add-news.ts';
import { doJob } from './do-job.ts';
import type { JobQueue } from './job-queue.ts';
import { type PlannedJob, planJobs } from './plan-jobs.ts';
import { scanRoots } from './scan-roots.ts';

type Options = {
  readonly signal: AbortSignal;
  /** Null where the run neither uses nor adds to what was learned. */
  readonly learning: Learning | null;
  /** Jobs at once; asked again when the jobs begin, as it may change during the scan. */
  readonly concurrency: () => number;
};

/**
 * Works through a run: scans its projects, plans its jobs, does them. Never rejects: what goes
 * wrong becomes a failure of the run. It has failed when no job of it went well.
 */
export async function workRun(
  context: ReviewContext,
  queue: JobQueue,
  run: RunSummary,
  options: Options,
): Promise<void> {
  const { signal } = options;
  let current = run;
  const update = (change: Partial<RunSummary>): void => {
    current = { ...current, ...change };
    saveRun(context, current);
  };
  try {
    const planned = await plan(context, run, options);
    context.storage.transaction(() => queue.add(planned.jobs.map(({ job }) => job)));
    update({ state: 'running', failures: planned.failures });
    await drain(context, queue, run.id, planned.jobs, options);
    throwIfCancelled(signal);
    update({ state: verdict(context, run.id), endedAt: context.clock.now() });
    context.storage.runs.prune(context.config.current.run.keep);
  } catch (error) {
    endEarly(context, update, current, signal.aborted ? null : error);
  }
}

/** Keeps the run and tells the doors. */
export function saveRun({ storage, emit }: ReviewContext, run: RunSummary): void {
  storage.runs.save(run, storage.instance.id);
  emit({ type: 'run.updated', run });
}

async function plan(context: ReviewContext, run: RunSummary, options: Options) {
  const { ports, clock, emit } = context;
  const scanned = await scanRoots(ports, [...new Set(run.request.roots)], {
    concurrency: options.concurrency(),
    signal: options.signal,
    emit,
  });
  throwIfCancelled(options.signal);
  const planned = planJobs(ports, clock, run, scanned);
  if (!options.learning) return planned;
  // What was decided a moment ago counts for these files already.
  await options.learning.settled();
  return { ...planned, jobs: await addNews(options.learning, planned.jobs, options.signal) };
}

async function drain(
  context: ReviewContext,
  queue: JobQueue,
  runId: string,
  planned: readonly PlannedJob[],
  { signal, concurrency, learning }: Options,
): Promise<void> {
  const byId = new Map(planned.map((entry) => [entry.job.id, entry]));
  const work = (job: PlannedJob['job'], jobSignal: AbortSignal) => {
    const entry = byId.get(job.id);
    if (!entry) throw new OmegaError('INTERNAL', `Job ${job.id} is not of this run.`);
    return doJob(context, learning, entry, jobSignal);
  };
  const timeoutMs = () => context.config.current.async.timeoutSecs * 1000;
  await queue.drain(runId, work, { concurrency: concurrency(), timeoutMs, signal });
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
  const { storage, logger, clock, emit } = context;
  const state: RunState = error === null ? 'cancelled' : 'failed';
  if (error !== null) logger.error({ err: error, run: run.id }, 'A run failed.');
  try {
    for (const job of storage.jobs.unfinished(run.id)) {
      const ended = { ...job, state: 'cancelled', endedAt: clock.now() } as const;
      storage.jobs.save(ended);
      emit({ type: 'job.updated', job: ended });
    }
    const failure =
      error === null ? [] : [{ root: run.request.roots[0] ?? '', error: data(error) }];
    update({ state, endedAt: clock.now(), failures: [...run.failures, ...failure] });
  } catch (second) {
    // The store itself fails; the next start ends the run by its owner's absence.
    logger.error({ err: second, run: run.id }, 'The end of a run could not be kept.');
  }
}

function data(error: unknown): ErrorData {
  if (error instanceof OmegaError) return error.toData();
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'INTERNAL', message: `The run broke off: ${message}`, retryable: true };
}
