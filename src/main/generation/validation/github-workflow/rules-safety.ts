import { mapping } from '../plain.ts';
import type { Report } from '../report.ts';
import { judgeSecret } from '../secrets.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';
import { usesOf, type Workflow, type WorkflowJob, type WorkflowStep } from './workflow-model.ts';

const secure = 'https://docs.github.com/en/actions/reference/security/secure-use';
const syntax = 'https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax';
/** The code of a pull request, which anybody can write. */
const head = /github\.(?:event\.pull_request\.head|head_ref)|refs\/pull\//;
/** A condition that keeps pull requests from forks out: their branches are those of people who may push. */
const ownBranch =
  /head\.repo\.(?:full_name\s*==\s*github\.repository\b(?!_)|fork\s*==\s*false)|github\.repository\s*==\s*github\.event\.pull_request\.head\.repo\.full_name|!\s*github\.event\.pull_request\.head\.repo\.fork/;
/** What others write into titles, texts and names. */
const untrusted =
  /\$\{\{[^}]*github\.(?:head_ref|event\.(?:issue|pull_request|discussion)\.(?:title|body)|event\.(?:comment|review|review_comment)\.body|event\.pull_request\.head\.(?:ref|label)|event\.head_commit\.(?:message|author)|event\.workflow_run\.head_branch)[^}]*\}\}/;

/** Actions that can change below the workflow, code of strangers with the project's rights, and secrets in the open. */
export function judgeSafety(workflow: Workflow, report: Report): void {
  const { root, jobs, lineOf, events } = workflow;
  judgeEnv(root.env, ['env'], lineOf, report);
  for (const job of jobs) {
    judgeUses(job.value, job.path, lineOf, report);
    judgeEnv(job.value.env, [...job.path, 'env'], lineOf, report);
    if (job.value['timeout-minutes'] === undefined && typeof job.value.uses !== 'string') {
      const message = `The job "${job.id}" may run for 6 hours, GitHub's own limit. Set timeout-minutes.`;
      report.add(
        'github-actions/no-timeout',
        'info',
        lineOf(job.path),
        message,
        `${syntax}#jobsjob_idtimeout-minutes`,
      );
    }
    for (const step of job.steps) {
      judgeUses(step.value, step.path, lineOf, report);
      judgeEnv(step.value.env, [...step.path, 'env'], lineOf, report);
      judgeCheckout(step, job, events, lineOf, report);
      judgeScript(step, lineOf, report);
    }
  }
}

function judgeUses(
  value: WorkflowStep['value'],
  path: YamlPath,
  lineOf: Workflow['lineOf'],
  report: Report,
): void {
  const uses = usesOf(value);
  if (
    uses === null ||
    /^[0-9a-f]{40}$|^sha256:/.test(uses.ref) ||
    uses.name.startsWith('docker://')
  )
    return;
  const own = /^(?:actions|github)\//.test(uses.name);
  report.add(
    'github-actions/unpinned-action',
    own ? 'info' : 'warning',
    lineOf([...path, 'uses']),
    `${uses.name.slice(0, 100)}@${uses.ref.slice(0, 60)} is a name that its owner can move to other code. Pin the commit, with the version as a comment.`,
    `${secure}#using-third-party-actions`,
  );
}

function judgeCheckout(
  { value, path }: WorkflowStep,
  job: WorkflowJob,
  events: readonly string[],
  lineOf: Workflow['lineOf'],
  report: Report,
): void {
  if (usesOf(value)?.name !== 'actions/checkout') return;
  const inputs = mapping(value.with);
  const ref = String(inputs.ref ?? '');
  const conditions = `${String(job.value.if ?? '')} ${String(value.if ?? '')}`;
  if (events.includes('pull_request_target') && head.test(ref) && !ownBranch.test(conditions)) {
    // What lies in a folder of its own, or is only read by actions, is not run by that alone.
    const runs = inputs.path === undefined && job.steps.some((one) => one.value.run !== undefined);
    report.add(
      'github-actions/untrusted-checkout',
      runs ? 'error' : 'warning',
      lineOf([...path, 'with', 'ref']),
      'pull_request_target runs with the project’s token and secrets, and this is the code of whoever opened the pull request. Use pull_request, or do not check its code out.',
      `${secure}#understanding-the-risk-of-script-injections`,
    );
  }
  if (String(inputs['persist-credentials'] ?? 'true') === 'true' && inputs.token === undefined) {
    report.add(
      'github-actions/persisted-credentials',
      'info',
      lineOf([...path, 'uses']),
      'The checkout leaves its token on disk, where each later step can read it. Set persist-credentials: false where nothing is pushed.',
      'https://github.com/actions/checkout#usage',
    );
  }
}

function judgeScript(
  { value, path }: WorkflowStep,
  lineOf: Workflow['lineOf'],
  report: Report,
): void {
  const script = mapping(value.with).script;
  const texts: readonly (readonly [unknown, YamlPath])[] = [
    [value.run, [...path, 'run']],
    [script, [...path, 'with', 'script']],
  ];
  for (const [text, at] of texts) {
    const line = lineOf(at);
    const found = typeof text === 'string' ? untrusted.exec(text.slice(0, 100_000)) : null;
    if (found === null || report.has('github-actions/script-injection', line)) continue;
    report.add(
      'github-actions/script-injection',
      'error',
      line,
      `${found[0].slice(0, 100)} is text of a stranger and becomes part of the script. Give it to the script as a variable under env.`,
      `${secure}#good-practices-for-mitigating-script-injection-attacks`,
    );
  }
}

function judgeEnv(env: unknown, path: YamlPath, lineOf: Workflow['lineOf'], report: Report): void {
  for (const [name, value] of Object.entries(mapping(env))) {
    if (typeof value !== 'string' || value.includes('${{')) continue;
    const sure = judgeSecret(name, value);
    if (sure === null) continue;
    report.add(
      'github-actions/plain-secret',
      sure === 'certain' ? 'error' : 'info',
      lineOf([...path, name]),
      `${name.slice(0, 60)} holds what looks like a secret, for all who can read the repository. Keep it under Settings › Secrets and take it as a secret.`,
      'https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/use-secrets',
    );
  }
}
