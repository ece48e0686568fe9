import { z } from 'zod';
import type { Finding, Severity } from '#shared/artifact.ts';
import type { ToolResult } from './run-tool.ts';
import { unusable } from './unusable.ts';

const reportSchema = z
  .array(
    z.object({
      code: z.string().max(40),
      level: z.string(),
      line: z.number(),
      message: z.string(),
    }),
  )
  .max(10_000);

/** hadolint reads the file from its standard input. */
export const hadolintArgs = ['--no-fail', '--format', 'json', '-'] as const;

/** hadolint's report as findings; its style notes are hints here. */
export function readHadolint(result: ToolResult): readonly Finding[] {
  if (!result.ok) return [unusable('hadolint', result.reason)];
  const report = parse(result.stdout);
  if (report === null) {
    return [
      unusable(
        'hadolint',
        `it ended with code ${result.exitCode} and no report: ${result.stderr.trim()}`,
      ),
    ];
  }
  return report.map(({ code, level, line, message }) => ({
    rule: `hadolint/${code}`,
    severity: severityOf(code, level),
    line: Math.max(1, Math.trunc(line)),
    message,
    url: /^DL\d+$/.test(code)
      ? `https://github.com/hadolint/hadolint/wiki/${code}`
      : /^SC\d+$/.test(code)
        ? `https://www.shellcheck.net/wiki/${code}`
        : 'https://github.com/hadolint/hadolint#rules',
  }));
}

/** Only DL1000, which is a parse error, says for sure that the build would fail. */
function severityOf(code: string, level: string): Severity {
  if (code === 'DL1000') return 'error';
  return level === 'error' || level === 'warning' ? 'warning' : 'info';
}

function parse(text: string): z.infer<typeof reportSchema> | null {
  try {
    return reportSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
