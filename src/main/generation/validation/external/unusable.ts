import type { Finding } from '#shared/artifact.ts';
import { quote } from '../report.ts';

/** What is said where a tool on the PATH could not judge a file, so that its silence is no praise. */
export function unusable(tool: string, reason: string): Finding {
  return {
    rule: `${tool.replaceAll(' ', '-')}/unusable`,
    severity: 'info',
    line: 1,
    message: `${tool} is on the PATH but did not judge this file: ${quote(reason, 200)}. The built-in rules did.`,
    url: null,
  };
}
