import type { Finding } from '#shared/artifact.ts';
import { leftNotes } from '../blueprints/left-notes.ts';
import { checkFile } from '../check-file.ts';
import { asMade, type PreparedFile } from '../memory/prepare-file.ts';
import type { LearningSource } from '../memory/recall-lessons.ts';
import type { GenerationPorts } from '../ports.ts';

/**
 * An author's file after its improvement, validated. An error that was in it before is told as a
 * warning: small changes that leave it must not be refused for it. Where the changes bring an error
 * that was not there the file stays as its author wrote it, and the reason is told.
 */
export async function asImproved(
  ports: GenerationPorts,
  source: Pick<LearningSource, 'artifact' | 'siblings'>,
  author: string,
  signal: AbortSignal,
): Promise<PreparedFile> {
  const made = await asMade(ports, source, signal);
  if (!made.findings.some(isError)) return made;
  const { path, kind } = source.artifact;
  const before = await checkFile(
    ports,
    { path, content: author, siblings: source.siblings },
    signal,
  );
  const counts = countsOf(before);
  const isNew = ([rule, count]: readonly [string, number]): boolean =>
    count > (counts.get(rule) ?? 0);
  const [rule] = [...countsOf(made.findings)].find(isNew) ?? [];
  // A patch of several sources is taken or left as a whole, by a person.
  if (rule === undefined || kind === 'telemetry') return withKnown(made, before);
  const { message = '' } = made.findings.find((one) => isError(one) && one.rule === rule) ?? {};
  const text = `Left as it is: with small changes it would have an error. ${message}`;
  const kept = { ...made, artifact: { ...made.artifact, content: author } };
  const told = withKnown({ ...kept, findings: before }, before);
  return { ...told, findings: [...told.findings, ...leftNotes([{ line: 1, text }])] };
}

function withKnown(made: PreparedFile, before: readonly Finding[]): PreparedFile {
  const known = new Set(before.map(keyOf));
  return {
    ...made,
    findings: made.findings.map((finding) =>
      isError(finding) && known.has(keyOf(finding))
        ? { ...finding, severity: 'warning', message: `${finding.message} (It was so before.)` }
        : finding,
    ),
  };
}

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}

/** Errors of each rule: messages may quote what a change touched. */
function countsOf(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of findings.filter(isError)) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}

/** Lines that a message names move with what was added above them. */
function keyOf({ rule, message }: Finding): string {
  return `${rule}\n${message.replace(/(?<=\bline |:)\d+/g, '#')}`;
}
