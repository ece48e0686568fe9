import { throwIfCancelled } from '#main/core/abort.ts';
import type { Finding } from '#shared/artifact.ts';
import type { AskContext } from './ask-context.ts';
import { askFor } from './ask-for.ts';
import type { Attempt } from './attempt.ts';
import { chooseBest } from './ensemble/choose.ts';
import { hasWorse } from './finish-job.ts';
import type { Item } from './item.ts';
import { modelNote } from './model-note.ts';
import { rerouted } from './reroute.ts';
import type { StreamedFiles } from './stream-files.ts';
import { type JobUsage, noUsage } from './usage.ts';

/** What became of an attempt with errors. */
export type Mended = {
  readonly best: Attempt;
  /** Whether the blueprint's files are proposed in the place of those that have errors. */
  readonly prefersBlueprint: boolean;
  readonly usage: JobUsage;
  readonly notes: readonly Finding[];
};

/**
 * What is done about a best attempt that still has errors, as the reactions decide: the blueprint's
 * valid file takes its place, or another provider that the settings name is asked once.
 */
export async function mendInvalid(
  context: AskContext,
  item: Item,
  best: Attempt,
  streamed: StreamedFiles,
  signal: AbortSignal,
): Promise<Mended> {
  const { work, settings } = context;
  const { job } = item.planned;
  const same = { best, prefersBlueprint: false, usage: noUsage, notes: [] };
  const worse = best.files.filter(({ artifact, findings }) =>
    hasWorse(findings, item.findings.get(artifact.path) ?? []),
  );
  if (worse.length === 0) return same;
  const isValidBeside = worse.every(({ artifact }) => {
    const own = item.findings.get(artifact.path);
    return own?.every(({ severity }) => severity !== 'error') ?? false;
  });
  const others = settings.fallbacks.filter((other) => other !== best.origin.provider);
  const errors = worse.flatMap(({ findings }) =>
    findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule),
  );
  const remedy = work.reactions.react({
    ...{ runId: work.run.id, jobId: job.id, kind: job.kind, service: job.service, error: null },
    ...{ provider: best.origin.provider, rules: [...new Set(errors)].slice(0, 20), others },
    can: [...(isValidBeside ? (['blueprint'] as const) : []), 'reroute'],
    ...{ again: 0, worked: true },
  });
  if (remedy.do === 'blueprint') return { ...same, prefersBlueprint: true };
  if (remedy.do !== 'reroute') return same;
  try {
    const [round] = await askFor(rerouted(context, remedy.provider), [item], streamed, signal);
    const attempts = [best, ...(round?.attempts ?? [])];
    const chosen = chooseBest(attempts, item.planned.artifact.service) ?? best;
    return { ...same, best: chosen, usage: round?.usage ?? noUsage, notes: round?.notes ?? [] };
  } catch (error) {
    throwIfCancelled(signal);
    const why = error instanceof Error ? error.message : String(error);
    const note = modelNote(`${remedy.provider} was asked too: ${why.slice(0, 300)}`, 'info');
    return { ...same, notes: [note] };
  }
}
