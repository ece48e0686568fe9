import { throwIfCancelled } from '#main/core/abort.ts';
import { type ErrorData, OmegaError } from '#shared/error.ts';
import type { JobCount } from '../engine/job-queue.ts';
import { keepFiles, type MadeFile } from '../engine/keep-files.ts';
import type { ModelWork } from '../engine/model-work.ts';
import type { AskContext, Models } from './ask-context.ts';
import { askFor, type Round } from './ask-for.ts';
import { chooseBest } from './ensemble/choose.ts';
import { finishJob } from './finish-job.ts';
import { type Item, itemOf, taughtOf } from './item.ts';
import { mendInvalid } from './mend-invalid.ts';
import { modelNote } from './model-note.ts';
import { repair } from './repair.ts';
import { askOrReroute } from './reroute.ts';
import { askSettings } from './settings.ts';
import { StreamedFiles } from './stream-files.ts';
import { addUsage } from './usage.ts';

/**
 * Has models make the files of a chunk: one request with one context for all of them, then each job
 * for itself: a file that is missing is asked for alone, what validators find goes back, the best
 * attempt is kept and set against the blueprint's.
 */
export function modelWork(models: Models): ModelWork {
  return async (chunk, work, report, signal) => {
    const [first] = chunk;
    if (!first) return;
    const settings = askSettings(work.run.request, work.config.current);
    const context: AskContext = { models, work, settings, root: first.project.root };
    const items: Item[] = [];
    for (const planned of chunk) {
      try {
        items.push(await itemOf(work, planned, signal));
      } catch (error) {
        throwIfCancelled(signal);
        report(planned.job.id, { state: 'failed', error: failure(error) });
      }
    }
    if (items.length === 0) return;
    const streamed = tellStreamed(context, items);
    const rounds = await askOrReroute(context, items, streamed, signal);
    for (const [at, item] of items.entries()) {
      const { id } = item.planned.job;
      try {
        const round = rounds[at] as Round;
        const alone = round.attempts.length === 0 && items.length > 1;
        const own = alone ? await askAlone(context, item, round, streamed, signal) : round;
        const count = await finish(context, item, own, streamed, signal);
        report(id, { state: 'completed', count });
      } catch (error) {
        throwIfCancelled(signal);
        report(id, { state: 'failed', error: failure(error) });
      }
    }
  };
}

function tellStreamed({ work }: AskContext, items: readonly Item[]): StreamedFiles {
  const jobs = new Map(
    items.flatMap(({ planned, job }) =>
      [...job.paths, ...job.mayAlso].map((path) => [path, planned.job] as const),
    ),
  );
  return new StreamedFiles((path, at, piece) => {
    const job = jobs.get(path);
    if (!job) return;
    const { id: jobId, runId } = job;
    work.emit({ type: 'proposal.streamed', runId, jobId, path, at, piece });
  });
}

async function askAlone(
  context: AskContext,
  item: Item,
  before: Round,
  streamed: StreamedFiles,
  signal: AbortSignal,
): Promise<Round> {
  const [own] = await askFor(context, [item], streamed, signal);
  if (!own) return before;
  const usage = addUsage(before.usage, own.usage);
  return { ...own, usage, notes: [...before.notes, ...own.notes] };
}

async function finish(
  context: AskContext,
  item: Item,
  round: Round,
  streamed: StreamedFiles,
  signal: AbortSignal,
): Promise<JobCount> {
  const { work, settings } = context;
  const { planned, job, findings } = item;
  const input = {
    project: planned.project,
    contextTokens: settings.contextTokens,
    taught: taughtOf([item]),
  };
  const first = chooseBest(round.attempts, planned.artifact.service);
  const repaired = await repair(context, job, input, first, findings, streamed, signal);
  const mended =
    repaired.best && (await mendInvalid(context, item, repaired.best, streamed, signal));
  const notes = [...round.notes, ...repaired.notes, ...(mended?.notes ?? [])];
  const files = mended ? finishJob(work, item, mended, notes) : withoutModel(item, notes);
  const count = await keepFiles(work, planned, files, signal);
  const usage = addUsage(round.usage, repaired.usage);
  return { ...count, usage: mended ? addUsage(usage, mended.usage) : usage };
}

/** A user expects a file: the blueprint's, where it has one, and it says whose it is. */
function withoutModel({ blueprint, job }: Item, notes: MadeFile['findings']): readonly MadeFile[] {
  const [main, ...others] = blueprint;
  if (!main) {
    throw new OmegaError(
      'REFUSED',
      `The model wrote no ${job.paths[0]}, and there is no blueprint for such a service. Try another model, or write it by hand.`,
    );
  }
  const said = 'The model gave no usable file. This one is the blueprint’s.';
  const findings = [...main.findings, modelNote(said, 'warning'), ...notes];
  return [{ ...main, findings }, ...others];
}

function failure(error: unknown): ErrorData {
  if (error instanceof OmegaError) return error.toData();
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'INTERNAL',
    message: `This file could not be made: ${message.slice(0, 500)}. The others are not affected.`,
    retryable: false,
  };
}
