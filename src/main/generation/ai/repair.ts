import { throwIfCancelled } from '#main/core/abort.ts';
import type { Finding } from '#shared/artifact.ts';
import { buildPrompt, type PromptInput } from '../prompts/build-prompt.ts';
import type { PromptJob } from '../prompts/prompt-job.ts';
import { ask } from './ask.ts';
import type { AskContext } from './ask-context.ts';
import { type Attempt, compareScores, originOf } from './attempt.ts';
import { type BlueprintFindings, judgeAnswer } from './judge-answer.ts';
import { modelNote } from './model-note.ts';
import type { StreamedFiles } from './stream-files.ts';
import { addUsage, type JobUsage, noUsage } from './usage.ts';

/** The best attempt after repair, what repair took, and what is to be said of it. */
export type Repaired = {
  readonly best: Attempt | null;
  readonly usage: JobUsage;
  readonly notes: readonly Finding[];
};

/**
 * Sends the findings of the best attempt back, at most `repairRounds` times, and keeps the best of all
 * attempts. Where there is none yet it is told that its answer held no file. A round that fails ends
 * the repair with a note: what is there is not lost. Rejects with `CANCELLED` alone.
 */
export async function repair(
  context: AskContext,
  job: PromptJob,
  input: Omit<PromptInput, 'jobs' | 'repair'>,
  first: Attempt | null,
  blueprint: BlueprintFindings,
  streamed: StreamedFiles,
  signal: AbortSignal,
): Promise<Repaired> {
  const { settings, work } = context;
  const { repairRounds, temperature } = settings;
  let best = first;
  let usage = noUsage;
  // Who wrote an answer that a person took over may be nobody whom this run would ask.
  const provider = first && !first.origin.accepted ? first.origin.provider : settings.use;
  for (let round = 1; round <= repairRounds; round += 1) {
    const toMend = findingsToMend(best, job, blueprint);
    if (toMend.length === 0) break;
    const attempt = best?.files.map(({ artifact }) => artifact) ?? [];
    const repairing = { attempt, findings: toMend };
    try {
      const prompt = await buildPrompt({ ...input, jobs: [job], repair: repairing }, signal);
      const answer = await ask(context, prompt, { provider, temperature }, streamed, signal);
      usage = addUsage(usage, { ...answer.usage, repairs: 1 });
      const { files } = answer.parsed;
      const next = await judgeAnswer(
        work.ports,
        job,
        files,
        blueprint,
        originOf(answer, round),
        signal,
      );
      if (next && (!best || compareScores(next.score, best.score) < 0)) best = next;
    } catch (error) {
      throwIfCancelled(signal);
      const why = error instanceof Error ? error.message : String(error);
      return {
        best,
        usage,
        notes: [modelNote(`Repair ended early: ${why.slice(0, 300)}`, 'info')],
      };
    }
  }
  return { best, usage, notes: [] };
}

/** Errors, and warnings that the blueprint's file does not have either way. */
function findingsToMend(
  attempt: Attempt | null,
  { paths }: PromptJob,
  blueprint: BlueprintFindings,
): readonly { readonly path: string; readonly findings: readonly Finding[] }[] {
  if (!attempt) {
    const message = 'Your last answer held no such file between its two marks. Write it as asked.';
    return [{ path: paths[0] ?? '', findings: [modelNote(message, 'error')] }];
  }
  return attempt.files.flatMap(({ artifact: { path }, findings }) => {
    const known = new Set((blueprint.get(path) ?? []).map(({ rule }) => rule));
    const mend = findings.filter(
      ({ severity, rule }) => severity === 'error' || (severity === 'warning' && !known.has(rule)),
    );
    return mend.length > 0 ? [{ path, findings: mend }] : [];
  });
}
