import type { Finding } from '#shared/artifact.ts';
import { quote } from '../report.ts';
import type { ToolResult } from './run-tool.ts';
import { unusable } from './unusable.ts';

/** Asks which options this version has; without the plugin, docker answers with its own help. */
export const composeProbe = ['compose', 'config', '--help'] as const;

const command = ['compose', '--file', '-', '--project-name', 'omega-validation', 'config'] as const;

/** Options that came one by one: the last with 2.35, of which many machines are short. */
const newer = ['--no-consistency', '--no-path-resolution', '--no-env-resolution'] as const;

/**
 * `docker compose config` reads the file from its standard input. Nothing is resolved, since the
 * variables, env files and neighbours that it would need are not to be read for this. Null where
 * `help`, the answer to the probe, is not that of a compose plugin that can do this.
 */
export function composeConfigArgs(help: string): readonly string[] | null {
  if (!help.includes('--no-interpolate')) return null;
  const known = newer.filter((option) => help.includes(option));
  return [...command, '--quiet', '--no-interpolate', ...known];
}

/** The tool's verdict as findings. */
export function readComposeConfig(result: ToolResult, content: string): readonly Finding[] {
  if (!result.ok) return [unusable('docker compose', result.reason)];
  if (result.exitCode === 0) return [];
  const text = result.stderr.trim();
  const refused =
    /^(?:validating|services\.|volumes\.|networks\.|configs\.|secrets\.|failed to parse|yaml:|.*additional propert|.*must be a|.*undefined)/im;
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
