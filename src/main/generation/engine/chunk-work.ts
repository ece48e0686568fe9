import { throwIfCancelled } from '#main/core/abort.ts';
import { type ErrorData, OmegaError } from '#shared/error.ts';
import type { Job } from '#shared/run.ts';
import type { GenerationPorts } from '../ports.ts';
import { doJob } from './do-job.ts';
import { jobFailure } from './job-failure.ts';
import type { ChunkWork, JobOutcome } from './job-queue.ts';
import type { ModelWork, ModelWorkContext } from './model-work.ts';
import type { PlannedJob } from './plan-jobs.ts';
import type { ThreadShare } from './thread-share.ts';

/** What {@link chunkWork} stands on. */
export type ChunkWorkOptions = {
  readonly planned: readonly PlannedJob[];
  readonly models: ModelWork;
  readonly thread: ThreadShare;
  /** Called, before the job is given back, with why no more may be spent. */
  readonly onBudget: (why: string) => void;
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
  { models, onBudget }: ChunkWorkOptions,
  plannedOf: (job: Job) => PlannedJob,
): ChunkWork {
  return async (jobs, report, signal) => {
    const told = (id: string, outcome: JobOutcome): void => {
      const isSpent = outcome.state === 'failed' && isBudgetRefusal(outcome.error);
      if (isSpent) onBudget(outcome.error.message);
      report(id, isSpent ? { state: 'pending' } : outcome);
    };
    try {
      await models(jobs.map(plannedOf), context, told, signal);
    } catch (error) {
      // What was reported stays as it is.
      for (const { id } of jobs) told(id, { state: 'failed', error: jobFailure(error) });
    }
  };
}

function isBudgetRefusal({ code, details }: ErrorData): boolean {
  return code === 'REFUSED' && details?.budget !== undefined;
}
