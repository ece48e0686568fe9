import type { Finding } from '#shared/artifact.ts';
import { checkFile } from '../check-file.ts';
import { asMade, type PreparedFile } from '../memory/prepare-file.ts';
import type { LearningSource } from '../memory/recall-lessons.ts';
import type { GenerationPorts } from '../ports.ts';

/**
 * An author's file after its improvement, validated. An error that was in it before is told as a
 * warning: small changes that leave it must not be refused for it.
 */
export async function asImproved(
  ports: GenerationPorts,
  source: Pick<LearningSource, 'artifact' | 'siblings'>,
  author: string,
  signal: AbortSignal,
): Promise<PreparedFile> {
  const made = await asMade(ports, source, signal);
  if (!made.findings.some(({ severity }) => severity === 'error')) return made;
  const { path } = source.artifact;
  const before = await checkFile(
    ports,
    { path, content: author, siblings: source.siblings },
    signal,
  );
  const known = new Set(before.map(keyOf));
  return {
    ...made,
    findings: made.findings.map((finding) =>
      finding.severity === 'error' && known.has(keyOf(finding))
        ? { ...finding, severity: 'warning', message: `${finding.message} (It was so before.)` }
        : finding,
    ),
  };
}

/** Lines that a message names move with what was added above them. */
function keyOf({ rule, message }: Finding): string {
  return `${rule}\n${message.replace(/(?<=\bline |:)\d+/g, '#')}`;
}
