import type { Finding, Severity } from '#shared/artifact.ts';
import { ruleUrl } from '#shared/rules.ts';

/** Most findings that one file reports; past it the file is broken as a whole and more help nobody. */
export const maxFindings = 200;

/** Largest text that is judged, in UTF-16 code units; what the tools read is far smaller. */
export const maxContentLength = 1_000_000;

/** Collects one file's findings; a rule speaks once per line and message. */
export class Report {
  readonly #findings: Finding[] = [];
  readonly #seen = new Set<string>();

  /** `line` is 1-based; a line below 1 is taken as 1. */
  add(rule: string, severity: Severity, line: number, message: string, url: string): void {
    const at = Math.max(1, Math.trunc(line));
    const key = `${rule}\n${at}\n${message}`;
    if (this.#seen.has(key) || this.#findings.length >= maxFindings * 5) return;
    this.#seen.add(key);
    this.#findings.push({ rule, severity, line: at, message, url });
  }

  /** Whether `rule` has spoken on `line` already; serves rules that overlap with a parser's. */
  has(rule: string, line: number): boolean {
    return this.#findings.some((finding) => finding.rule === rule && finding.line === line);
  }

  /** Everything found so far, unsorted. */
  get findings(): readonly Finding[] {
    return this.#findings;
  }
}

const rank = { error: 0, warning: 1, info: 2 } as const;

/** Findings by line, the worst first on a line; at most {@link maxFindings}, and a note of the rest. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  const byLine = (a: Finding, b: Finding): number =>
    a.line - b.line || rank[a.severity] - rank[b.severity] || (a.rule < b.rule ? -1 : 1);
  if (findings.length <= maxFindings) return [...findings].sort(byLine);
  const worst = [...findings].sort((a, b) => rank[a.severity] - rank[b.severity] || byLine(a, b));
  const kept = worst.slice(0, maxFindings - 1).sort(byLine);
  return [
    ...kept,
    {
      rule: 'file/more-findings',
      severity: 'info',
      line: kept.at(-1)?.line ?? 1,
      message: `${findings.length - kept.length} more findings are not listed. Mend the ones above and validate again.`,
      url: ruleUrl('file/more-findings'),
    },
  ];
}

/** `text` in quotes for a message, cut to `max` characters and without control characters. */
export function quote(text: string, max = 60): string {
  const clean = text.replace(/\p{Cc}/gu, ' ');
  return `"${clean.length > max ? `${clean.slice(0, max)}…` : clean}"`;
}
