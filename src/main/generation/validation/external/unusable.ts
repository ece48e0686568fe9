import type { Finding } from '#shared/artifact.ts';
import { ruleUrl } from '#shared/rules.ts';
import { quote } from '../report.ts';

type Tool = 'hadolint' | 'kubeconform' | 'docker compose' | 'terraform';

/** What is said where a tool on the PATH could not judge a file, so that its silence is no praise. */
export function unusable(tool: Tool, reason: string): Finding {
  const rule =
    tool === 'docker compose' ? 'docker-compose/unusable' : (`${tool}/unusable` as const);
  return {
    rule,
    severity: 'info',
    line: 1,
    message: `${tool} is on the PATH but did not judge this file: ${quote(reason, 200)}. The built-in rules did.`,
    url: ruleUrl(rule),
  };
}
