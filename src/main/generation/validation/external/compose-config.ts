import type { Finding } from '#shared/artifact.ts';
import { quote } from '../report.ts';
import type { ToolResult } from './run-tool.ts';
import { unusable } from './unusable.ts';

/**
 * `docker compose config` reads the file from its standard input. Nothing is resolved, since the
 * variables, env files and neighbours that it would need are not to be read for this.
 */
export const composeConfigArgs = [
  'compose',
  '--file',
  '-',
  '--project-name',
  'omega-validation',
  'config',
  '--quiet',
  '--no-interpolate',
  '--no-env-resolution',
  '--no-path-resolution',
  '--no-consistency',
] as const;

/** The tool's verdict as findings. */
export function readComposeConfig(result: ToolResult, content: string): readonly Finding[] {
  if (!result.ok) return [unusable('docker compose', result.reason)];
  if (result.exitCode === 0) return [];
  const text = result.stderr.trim();
  const refused =
    /^(?:validating|services\.|volumes\.|networks\.|configs\.|secrets\.|yaml:|.*additional propert|.*must be a|.*undefined)/im;
  if (!refused.test(text))
    return [unusable('docker compose', text || `it ended with code ${result.exitCode}`)];
  const line = Number(/\bline (\d{1,7})\b/.exec(text)?.[1] ?? 1);
  const last = text.split(/\r?\n/).at(-1) ?? text;
  return [
    {
      rule: 'docker-compose/config',
      // Without their values, variables can make a sound file look wrong.
      severity: content.includes('$') ? 'warning' : 'error',
      line: Math.max(1, line),
      message: `docker compose refuses the file: ${quote(last, 300)}. Mend what it names.`,
      url: 'https://docs.docker.com/reference/cli/docker/compose/config/',
    },
  ];
}
