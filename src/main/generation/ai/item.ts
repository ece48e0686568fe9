import { makeFiles } from '../engine/do-job.ts';
import type { MadeFile } from '../engine/keep-files.ts';
import type { ModelWorkContext } from '../engine/model-work.ts';
import type { PlannedJob } from '../engine/plan-jobs.ts';
import { sightOf } from '../engine/sight.ts';
import { askMemory, type KnownFile } from '../prompts/ask-memory.ts';
import type { TaughtFile } from '../prompts/build-prompt.ts';
import { type PromptJob, promptJob } from '../prompts/prompt-job.ts';
import type { BlueprintFindings } from './judge-answer.ts';

/** A job with all that its files are made and judged by. */
export type Item = {
  readonly planned: PlannedJob;
  readonly job: PromptJob;
  /** The blueprint's files as they would be proposed; none where it has none. */
  readonly blueprint: readonly MadeFile[];
  readonly findings: BlueprintFindings;
  readonly known: ReadonlyMap<string, KnownFile>;
};

/** Makes the blueprint's files of a job, to be measured by, and asks memory what it knows of them. */
export async function itemOf(
  work: ModelWorkContext,
  planned: PlannedJob,
  signal: AbortSignal,
): Promise<Item> {
  const { ports, learning } = work;
  const { project, artifact } = planned;
  const sight = await sightOf(work, planned, signal);
  const job = await promptJob(ports, project, artifact, sight, signal);
  const written = { sight, files: job.drafts };
  const blueprint = await makeFiles(work, learning, planned, signal, written);
  return {
    planned,
    job,
    blueprint,
    findings: new Map(blueprint.map(({ artifact, findings }) => [artifact.path, findings])),
    known: await askMemory(learning, ports, planned.project, job, signal),
  };
}

/** What memory knows of the files of some items, by path. */
export function taughtOf(items: readonly Item[]): ReadonlyMap<string, TaughtFile> {
  return new Map(items.flatMap(({ known }) => [...known]));
}
