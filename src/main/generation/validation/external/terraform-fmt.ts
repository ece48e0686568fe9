import type { Finding } from '#shared/artifact.ts';
import { quote } from '../report.ts';
import type { ToolResult } from './run-tool.ts';
import { unusable } from './unusable.ts';

/** terraform reads the file from its standard input, and writes nothing. */
export const terraformFmtArgs = ['fmt', '-check', '-no-color', '-'] as const;

const url = 'https://developer.hashicorp.com/terraform/cli/commands/fmt';

/** The verdict of `terraform fmt`: what it cannot parse is an error, another format than its own a note. */
export function readTerraformFmt(result: ToolResult): readonly Finding[] {
  if (!result.ok) return [unusable('terraform', result.reason)];
  if (result.exitCode === 0) return [];
  const said = result.stderr.replace(/[│╷╵]/g, '').trim();
  const faults = [...said.matchAll(/^\s*Error: ([^\n]+)\s+on [^\n]*? line (\d{1,7})\b/gm)];
  if (faults.length > 0) {
    return faults.slice(0, 20).map(([, message = '', line]) => ({
      rule: 'terraform-fmt/syntax',
      severity: 'error',
      line: Math.max(1, Number(line)),
      message: `terraform cannot read this: ${quote(message, 300)}. Mend it.`,
      url,
    }));
  }
  // Its own code for files in another format.
  if (result.exitCode === 3) {
    const message = 'terraform fmt would write this file another way. Run it.';
    return [{ rule: 'terraform-fmt/format', severity: 'info', line: 1, message, url }];
  }
  return [unusable('terraform', said || `it ended with code ${result.exitCode}`)];
}
