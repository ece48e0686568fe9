import type { StoredAlternative } from '#main/storage/proposal-store.ts';
import type { Finding } from '#shared/artifact.ts';
import { inputsHash, type MadeFile } from '../engine/keep-files.ts';
import type { ModelWorkContext } from '../engine/model-work.ts';
import type { PlannedJob } from '../engine/plan-jobs.ts';
import { editsIn } from '../memory/lessons-as-text.ts';
import { rejectionNotes } from '../memory/rejections.ts';
import { byModel } from '../memory/target.ts';
import type { KnownFile } from '../prompts/ask-memory.ts';
import type { Attempt, JudgedFile } from './attempt.ts';
import type { Item } from './item.ts';
import { modelNote } from './model-note.ts';

/** The attempt that a job ends with. */
export type Finished = {
  readonly best: Attempt;
  /** Whether the blueprint's file is proposed in the place of one with errors, which stays beside it. */
  readonly prefersBlueprint: boolean;
};

/**
 * The files of a job as they will be proposed: the attempt's, and of the blueprint those that the
 * model left out. Of a file with errors that the blueprint's has not, the two stand beside each other.
 */
export function finishJob(
  context: ModelWorkContext,
  { planned, blueprint, known }: Pick<Item, 'planned' | 'blueprint' | 'known'>,
  { best: attempt, prefersBlueprint }: Finished,
  notes: readonly Finding[],
): readonly MadeFile[] {
  const written = new Set(attempt.files.map(({ artifact }) => artifact.path));
  const made = attempt.files.map((file, at) => {
    const own = blueprint.find(({ artifact }) => artifact.path === file.artifact.path) ?? null;
    const { path } = file.artifact;
    const improves = own?.provenance.improves;
    const finished = toMade(context, planned, attempt, file, known.get(path) ?? null, improves);
    const said = at === 0 ? notes : [];
    if (!own || !hasWorse(file.findings, own.findings)) {
      return { ...finished, findings: [...finished.findings, ...said], alternative: null };
    }
    if (prefersBlueprint) {
      const findings = [...own.findings, tookBlueprint(file.findings), ...said];
      return { ...own, findings, alternative: alternativeOf(finished) };
    }
    const findings = [...finished.findings, ...said, offer(own.findings)];
    return { ...finished, findings, alternative: alternativeOf(own) };
  });
  return [...made, ...blueprint.filter(({ artifact }) => !written.has(artifact.path))];
}

function toMade(
  { clock, learning }: ModelWorkContext,
  planned: PlannedJob,
  { origin }: Attempt,
  { artifact, findings }: JudgedFile,
  known: KnownFile | null,
  improves: true | undefined,
): MadeFile {
  const rejected = known?.recalled?.ok ? known.recalled.rejected : [];
  const { provider, model } = origin;
  const maker = `${provider}/${model}`;
  return {
    artifact,
    findings: [...findings, ...rejectionNotes(rejected, artifact.content), ...(known?.notes ?? [])],
    // Decisions on it teach what they would of any file; there is no other text that it began with.
    lesson:
      learning && known ? { target: byModel(known.target, provider, model), made: null } : null,
    provenance: {
      origin: { type: 'model', ...origin },
      inputsHash: inputsHash(maker, planned, origin.promptHash),
      createdAt: clock.now(),
      memories: [...editsIn(artifact.content, known?.edits ?? [])],
      ...(improves ? { improves } : {}),
    },
  };
}

/** Whether there are errors of a rule, or more of them, that the blueprint's file has not. */
export function hasWorse(findings: readonly Finding[], blueprint: readonly Finding[]): boolean {
  const count = (all: readonly Finding[], rule: string): number =>
    all.filter((one) => one.severity === 'error' && one.rule === rule).length;
  return findings.some(
    ({ severity, rule }) => severity === 'error' && count(findings, rule) > count(blueprint, rule),
  );
}

function alternativeOf({ artifact, findings, provenance }: MadeFile): StoredAlternative {
  return { content: artifact.content, findings, provenance };
}

function tookBlueprint(model: readonly Finding[]): Finding {
  const rules = [
    ...new Set(model.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)),
  ];
  return modelNote(
    `The model's file still has errors (${rules.slice(0, 3).join(', ')}); this one is the blueprint's. The model's can be taken back.`,
    'warning',
  );
}

function offer(blueprint: readonly Finding[]): Finding {
  const errors = blueprint.filter(({ severity }) => severity === 'error').length;
  const has = errors === 0 ? 'has no error' : `has ${errors} other errors`;
  return modelNote(
    `The model's file has errors; the blueprint's ${has}. Take it instead.`,
    'warning',
  );
}
