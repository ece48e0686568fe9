import { z } from 'zod';
import type { Finding } from '#shared/artifact.ts';
import type { ToolResult } from './run-tool.ts';
import { unusable } from './unusable.ts';

const reportSchema = z.object({
  resources: z
    .array(
      z.object({
        kind: z.string().default(''),
        name: z.string().default(''),
        status: z.string(),
        msg: z.string().default(''),
      }),
    )
    .max(10_000)
    .nullish(),
});

/** kubeconform reads manifests from its standard input; kinds without a schema are left to our own note. */
export const kubeconformArgs = [
  '-strict',
  '-ignore-missing-schemas',
  '-output',
  'json',
  '-',
] as const;

/** kubeconform's report as findings, each on the line of the resource that it names. */
export function readKubeconform(result: ToolResult, content: string): readonly Finding[] {
  if (!result.ok) return [unusable('kubeconform', result.reason)];
  let report: z.infer<typeof reportSchema>;
  try {
    report = reportSchema.parse(JSON.parse(result.stdout));
  } catch {
    return [
      unusable(
        'kubeconform',
        `it ended with code ${result.exitCode} and no report: ${result.stderr.trim()}`,
      ),
    ];
  }
  return (report.resources ?? []).flatMap(({ kind, name, status, msg }): readonly Finding[] => {
    if (status === 'statusError') return [unusable('kubeconform', msg)];
    if (status !== 'statusInvalid') return [];
    const line = lineOfResource(content, kind, name);
    const url = 'https://kubernetes.io/docs/reference/kubernetes-api/';
    return [
      {
        rule: 'kubeconform/invalid',
        severity: 'error',
        line,
        message: `${kind} ${name}: ${msg}`,
        url,
      },
    ];
  });
}

/** The 1-based line of the `kind:` of the document that describes the resource; 1 where none does. */
function lineOfResource(content: string, kind: string, name: string): number {
  const lines = content.split(/\r?\n/);
  let start = -1;
  for (let at = 0; at < lines.length; at++) {
    const line = (lines[at] ?? '').replace(/["']/g, '').trimEnd();
    if (line.startsWith('---')) start = -1;
    else if (line === `kind: ${kind}`) start = at;
    if (start >= 0 && line.trim() === `name: ${name}`) return start + 1;
  }
  return 1;
}
