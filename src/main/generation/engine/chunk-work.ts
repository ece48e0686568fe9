import { setTimeout as sleep } from 'node:timers/promises';
import { throwIfCancelled } from '#main/core/abort.ts';
import { type ErrorData, OmegaError } from '#shared/error.ts';
import type { Job } from '#shared/run.ts';
import type { GenerationPorts } from '../ports.ts';
import { doJob } from './do-job.ts';
import { jobFailure } from './job-failure.ts';
import type { ChunkWork, JobOutcome } from './job-queue.ts';
import type { JobRemedy } from './job-reactions.ts';
import type { ModelWork, ModelWorkContext } from './model-work.ts';
import type { PlannedJob } from './plan-jobs.ts';
import type { ThreadShare } from './thread-share.ts';
import { Troubles } from './troubles.ts';

/** What {@link chunkWork} stands on. */
export type ChunkWorkOptions = {
  readonly planned: readonly PlannedJob[];
  readonly models: ModelWork;
  readonly thread: ThreadShare;
  /** Pauses the run, before a job of it is given back. */
  readonly pause: (why: string) => void;
};

/** The work on a run's chunks: by the blueprints, or by a model where the run asks for one. */
export function chunkWork(context: ModelWorkContext, options: ChunkWorkOptions): ChunkWork {
  const byId = new Map(options.planned.map((entry) => [entry.job.id, entry]));
  const plannedOf = ({ id }: Job): PlannedJob => {
    const entry = byId.get(id);
    if (entry) return entry;
    throw new OmegaError('INTERNAL', `Job ${id} is not of this run.`);
  };
  const own = { ...context, ports: breathingPorts(context.ports, options.thread) };
  if (context.run.request.use !== 'blueprint') return modelWork(own, options, plannedOf);
  return async (jobs, report, signal) => {
    for (const job of jobs) {
      throwIfCancelled(signal);
      try {
        const count = await doJob(own, context.learning, plannedOf(job), signal);
        report(job.id, { state: 'completed', count });
      } catch (error) {
        report(job.id, { state: 'failed', error: jobFailure(error) });
      }
    }
  };
}

/** To make a file and to check it hold the thread for milliseconds each, and dozens of jobs and answers do so at once. */
function breathingPorts(ports: GenerationPorts, thread: ThreadShare): GenerationPorts {
  return {
    ...ports,
    generate: async (...wanted) => {
      await thread.breathe();
      return ports.generate(...wanted);
    },
    validate: async (file, signal) => {
      await thread.breathe();
      return ports.validate(file, signal);
    },
  };
}

function modelWork(
  context: ModelWorkContext,
  { models, pause }: ChunkWorkOptions,
  plannedOf: (job: Job) => PlannedJob,
): ChunkWork {
  const { run, reactions } = context;
  const troubles = new Troubles(context);
  const remedyOf = (id: string, jobs: readonly Job[], error: ErrorData): JobRemedy => {
    if (isBudgetRefusal(error)) return { do: 'stop', why: error.message };
    const job = jobs.find((one) => one.id === id);
    return job && error.code !== 'CANCELLED' ? troubles.failed(job, error) : { do: 'leave' };
  };
  return async (jobs, report, signal) => {
    const waits: Promise<void>[] = [];
    const told = (id: string, outcome: JobOutcome): void => {
      const remedy = outcome.state === 'failed' ? remedyOf(id, jobs, outcome.error) : null;
      if (outcome.state === 'completed') troubles.worked();
      if (remedy?.do === 'again') {
        waits.push(again(id, remedy.afterMs));
        return;
      }
      if (remedy?.do === 'stop') pause(remedy.why);
      const isValid = outcome.state === 'completed' && outcome.count.errors === 0;
      if (outcome.state !== 'pending') reactions.ended(run.id, id, isValid);
      report(id, remedy?.do === 'stop' ? { state: 'pending' } : outcome);
    };
    const again = async (id: string, afterMs: number): Promise<void> => {
      // Where the wait is cancelled the queue says what becomes of the job.
      await sleep(afterMs, undefined, { signal });
      report(id, { state: 'pending' });
    };
    try {
      await models(jobs.map(plannedOf), context, told, signal);
    } catch (error) {
      // What was reported stays as it is.
      for (const { id } of jobs) told(id, { state: 'failed', error: jobFailure(error) });
    }
    await Promise.all(waits);
  };
}

function isBudgetRefusal({ code, details }: ErrorData): boolean {
  return code === 'REFUSED' && details?.budget !== undefined;
}
