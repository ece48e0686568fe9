import type { JobOutcome } from '#main/generation/engine/job-queue.ts';
import { keepFiles } from '#main/generation/engine/keep-files.ts';
import type { ModelWork } from '#main/generation/engine/model-work.ts';
import type { PlannedJob } from '#main/generation/engine/plan-jobs.ts';

/** A chunk as it was asked for, and what was under way beside it. */
export type SeenChunk = {
  readonly services: readonly string[];
  readonly roots: readonly string[];
  /** Chunks under way when it began, itself among them. */
  readonly atOnce: number;
  readonly budgetUsd: number | null | undefined;
};

/**
 * What stands in for the models: keeps one file a job, after `before`, which may wait, throw, or
 * decide how a job ends; and notes what it was asked for.
 */
export function recordedModels(
  before: (
    planned: PlannedJob,
    signal: AbortSignal,
  ) => Promise<JobOutcome | undefined> | JobOutcome | undefined = () => undefined,
) {
  const chunks: SeenChunk[] = [];
  const done: string[] = [];
  let active = 0;
  const models: ModelWork = async (chunk, context, report, signal) => {
    active += 1;
    chunks.push({
      services: chunk.map(({ job }) => job.service ?? ''),
      roots: [...new Set(chunk.map(({ job }) => job.root))],
      atOnce: active,
      budgetUsd: context.run.request.budgetUsd,
    });
    try {
      for (const planned of chunk) {
        const outcome = await before(planned, signal);
        if (outcome) {
          report(planned.job.id, outcome);
          continue;
        }
        const { kind, id, service } = planned.job;
        done.push(service ?? '');
        const made = {
          artifact: { kind, path: `${service}/Dockerfile`, content: 'FROM scratch\n' },
          findings: [],
          lesson: null,
          provenance: {
            origin: {
              type: 'model',
              provider: 'ollama',
              model: 'small',
              promptHash: 'hash',
              cached: false,
              repairs: 0,
            },
            inputsHash: 'inputs',
            createdAt: 1,
            memories: [],
          },
        } as const;
        const count = await keepFiles(context, planned, [made], signal);
        const usage = {
          ...{ calls: 1, cached: 0, inputTokens: 7, outputTokens: 9, repairs: 0, waitedMs: 0 },
          costUsd: null,
        };
        report(id, { state: 'completed', count: { ...count, usage } });
      }
    } finally {
      active -= 1;
    }
  };
  return { models, chunks, done };
}
