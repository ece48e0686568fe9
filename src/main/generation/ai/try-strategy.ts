import type { RunSummary } from '#main/storage/run-store.ts';
import { runRequestSchema } from '#shared/run.ts';
import { noReactions } from '../engine/job-reactions.ts';
import { planRun } from '../engine/plan-run.ts';
import type { ReviewContext } from '../review/review-context.ts';
import type { Models } from './ask-context.ts';
import { askFor } from './ask-for.ts';
import type { Attempt } from './attempt.ts';
import { chooseBest } from './ensemble/choose.ts';
import { type Item, itemOf, taughtOf } from './item.ts';
import { repair } from './repair.ts';
import type { AskSettings } from './settings.ts';
import { StreamedFiles } from './stream-files.ts';
import { addUsage, type JobUsage } from './usage.ts';

/** A file that ways of asking are tried on. */
export type StrategyTask = { readonly item: Item };

/** What a way of asking made of a task; `best` is null where no usable file came. */
export type Tried = { readonly best: Attempt | null; readonly usage: JobUsage };

/**
 * The Dockerfiles of the services of projects, as tasks to try ways of asking on. Projects that cannot
 * be scanned are left out. Rejects with `CANCELLED`.
 */
export async function strategyTasks(
  context: ReviewContext,
  roots: readonly string[],
  most: number,
  signal: AbortSignal,
): Promise<readonly StrategyTask[]> {
  if (roots.length === 0) return [];
  const run = trialRun(context, roots);
  const { jobs } = await planRun(context, run, { signal, learning: null, concurrency: 2 });
  const tasks: StrategyTask[] = [];
  for (const planned of jobs.slice(0, most)) {
    tasks.push({
      item: await itemOf(
        { ...context, run, learning: null, reactions: noReactions },
        planned,
        signal,
      ),
    });
  }
  return tasks;
}

/**
 * Asks for the file of a task in the way of `settings`, with repairs, and keeps nothing of it. No
 * answer comes from the cache, so that each try is one. Fails where nobody answers.
 */
export async function tryStrategy(
  context: ReviewContext,
  models: Models,
  { item }: StrategyTask,
  settings: AskSettings,
  signal: AbortSignal,
): Promise<Tried> {
  const { project } = item.planned;
  const work = {
    ...context,
    run: trialRun(context, [project.root]),
    learning: null,
    reactions: noReactions,
  };
  const asked = { models, work, settings, root: project.root };
  const nobody = new StreamedFiles(() => undefined);
  const [round] = await askFor(asked, [item], nobody, signal);
  const attempts = round?.attempts ?? [];
  const first = chooseBest(attempts, item.planned.artifact.service);
  const input = { project, contextTokens: settings.contextTokens, taught: taughtOf([item]) };
  const mended = await repair(asked, item.job, input, first, item.findings, nobody, signal);
  return { best: mended.best, usage: round ? addUsage(round.usage, mended.usage) : mended.usage };
}

/** A run that is nobody's: nothing of it is kept. */
function trialRun({ clock }: ReviewContext, roots: readonly string[]): RunSummary {
  const request = runRequestSchema.parse({
    ...{ roots, kinds: ['dockerfile'], cache: 'off', memory: false },
    priority: -10,
  });
  const times = { createdAt: clock.now(), endedAt: null };
  return { id: clock.id(), state: 'running', request, ...times, paused: null, failures: [] };
}
