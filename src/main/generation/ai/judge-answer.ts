import type { Artifact, Finding } from '#shared/artifact.ts';
import { ruleUrl } from '#shared/rules.ts';
import type { AnsweredFile } from '../answers/block-reader.ts';
import { checkFile } from '../check-file.ts';
import type { GenerationPorts } from '../ports.ts';
import type { PromptJob } from '../prompts/prompt-job.ts';
import { redactedMark } from '../prompts/redact/span.ts';
import type { Attempt, AttemptOrigin, JudgedFile, Score } from './attempt.ts';
import { withDangers } from './dangerous.ts';
import { hardening } from './hardening.ts';
import { modelNote } from './model-note.ts';

/** The findings of the blueprint's files, by path: what a model's file is not blamed for alone. */
export type BlueprintFindings = ReadonlyMap<string, readonly Finding[]>;

/**
 * The attempt that an answer holds for a job, each file validated; null where its main file is not
 * there. Rejects with `CANCELLED`.
 */
export async function judgeAnswer(
  ports: GenerationPorts,
  job: PromptJob,
  answered: readonly AnsweredFile[],
  blueprint: BlueprintFindings,
  origin: AttemptOrigin,
  signal: AbortSignal,
): Promise<Attempt | null> {
  const own = new Set([...job.paths, ...job.mayAlso]);
  const written = answered.filter(({ path }) => own.has(path));
  if (!written.some(({ path }) => path === job.paths[0])) return null;
  const files: JudgedFile[] = [];
  for (const { path, content, cut } of written.toSorted(byPlace(job))) {
    const artifact: Artifact = { kind: job.artifact.kind, path, content };
    const found = await checkFile(ports, { ...artifact, siblings: written }, signal);
    const findings = [
      ...formatDoubts(found),
      ...otherFormat(ports, job, artifact),
      ...marks(content),
      ...(cut ? [cutOff] : []),
    ];
    files.push({ artifact, findings: withDangers(findings, blueprint.get(path) ?? []) });
  }
  return { origin, files, score: scoreOf(job, files) };
}

function byPlace({ paths }: PromptJob) {
  const place = ({ path }: AnsweredFile): number => {
    const at = paths.indexOf(path);
    return at < 0 ? paths.length : at;
  };
  return (one: AnsweredFile, other: AnsweredFile): number => place(one) - place(other);
}

const cutOff: Finding = modelNote(
  'The answer ended in the middle of this file: raise the most tokens of an answer (providers.maxTokens), or edit it.',
  'error',
);

/** A manifest that no validator knows is an answer that is none: prose, or half a file. */
function formatDoubts(findings: readonly Finding[]): readonly Finding[] {
  return findings.map((finding) =>
    finding.rule === 'omega/format' ? { ...finding, severity: 'error' } : finding,
  );
}

/** A manifest in the place of Prometheus rules is right by itself, and no rules. */
function otherFormat(
  ports: GenerationPorts,
  { drafts }: PromptJob,
  { path, content }: Artifact,
): readonly Finding[] {
  const draft = drafts.find((one) => one.path === path);
  const wanted = draft ? ports.detectFormat(path, draft.content) : null;
  const got = ports.detectFormat(path, content);
  if (wanted === null || got === null || wanted === got) return [];
  const message = `This is of the format ${got}; what belongs in this place is of the format ${wanted}.`;
  const url = ruleUrl('omega/format');
  return [{ rule: 'omega/format', severity: 'error', line: 1, message, url }];
}

function marks(content: string): readonly Finding[] {
  const at = content.indexOf(redactedMark);
  if (at < 0) return [];
  const message = `${redactedMark} stands where a secret was taken out of what the model read. Take the value from the environment.`;
  return [{ ...modelNote(message, 'error'), line: content.slice(0, at).split('\n').length }];
}

function scoreOf(job: PromptJob, files: readonly JudgedFile[]): Score {
  const findings = files.flatMap((file) => file.findings);
  const main = files.find(({ artifact }) => artifact.path === job.paths[0]);
  return {
    errors: findings.filter(({ severity }) => severity === 'error').length,
    warnings: findings.filter(({ severity }) => severity === 'warning').length,
    hardening: main ? hardening(job.artifact.kind, main.artifact.content) : 0,
    size: files.reduce((sum, { artifact }) => sum + artifact.content.length, 0),
  };
}
