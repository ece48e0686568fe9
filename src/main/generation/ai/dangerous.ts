import type { Finding } from '#shared/artifact.ts';

/** Rules that a model's file must keep: whoever could make it break them would own the host, or a key. */
const dangerous: ReadonlySet<string> = new Set([
  'dockerfile/no-root-user',
  'dockerfile/insecure-run',
  'dockerfile/pipe-to-shell',
  'dockerfile/secret-in-variable',
  'dockerfile/secret-file',
  'dotenv/secret',
  ...[
    'privileged',
    'dangerous-capability',
    'host-network',
    'host-pid',
    'host-ipc',
    'host-userns',
  ].flatMap((rule) => [`compose/${rule}`, `kubernetes/${rule}`]),
  ...['host-path', 'inline-secret'].flatMap((rule) => [`compose/${rule}`, `kubernetes/${rule}`]),
  'compose/weakened-security',
  'compose/docker-socket',
  'kubernetes/run-as-root',
]);

/** Whether a rule is about what makes a file dangerous, not about how good it is. */
export function isDangerous(rule: string): boolean {
  return dangerous.has(rule);
}

/**
 * The findings of a model's file: what is dangerous in it is an error, so that it is not written
 * unseen, unless the blueprint's file for the same place has it too.
 */
export function withDangers(
  findings: readonly Finding[],
  blueprint: readonly Finding[],
): readonly Finding[] {
  const known = new Set(blueprint.map(({ rule }) => rule));
  return findings.map((finding) =>
    finding.severity === 'warning' && isDangerous(finding.rule) && !known.has(finding.rule)
      ? { ...finding, severity: 'error' }
      : finding,
  );
}
