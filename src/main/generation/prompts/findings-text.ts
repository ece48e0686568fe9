import type { Finding } from '#shared/artifact.ts';
import { oneLine } from './one-line.ts';
import { dataPart } from './prompt-parts.ts';

/** Findings that go back at once; of more, the worst. */
const maxFindings = 40;

/** What validators say of an attempt, by file and line, the worst first. */
export function findingsText(
  files: readonly { readonly path: string; readonly findings: readonly Finding[] }[],
): string {
  const rank = { error: 0, warning: 1, info: 2 } as const;
  const all = files
    .flatMap(({ path, findings }) => findings.map((finding) => ({ path, ...finding })))
    .toSorted((one, other) => rank[one.severity] - rank[other.severity]);
  const lines = all
    .slice(0, maxFindings)
    .map(
      ({ path, line, severity, rule, message }) =>
        `${path}:${line}: ${severity}: ${oneLine(message, 400)} (${rule})`,
    );
  if (all.length > maxFindings) lines.push(`… and ${all.length - maxFindings} more`);
  return dataPart('findings', {}, lines.join('\n'));
}
