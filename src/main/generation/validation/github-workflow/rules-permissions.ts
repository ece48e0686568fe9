import { mapping } from '../plain.ts';
import type { Report } from '../report.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';
import type { Workflow } from './workflow-model.ts';

const url =
  'https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions';
const scopes = new Set([
  'actions',
  'artifact-metadata',
  'attestations',
  'checks',
  'contents',
  'deployments',
  'discussions',
  'id-token',
  'issues',
  'models',
  'packages',
  'pages',
  'pull-requests',
  'repository-projects',
  'security-events',
  'statuses',
]);

/** Tokens that may do more than they must: no word about them, all of it, or a scope that there is not. */
export function judgePermissions({ root, jobs, lineOf }: Workflow, report: Report): void {
  judgeOne(root.permissions, ['permissions'], lineOf, report);
  for (const { value, path } of jobs)
    judgeOne(value.permissions, [...path, 'permissions'], lineOf, report);
  const silent = jobs.find(({ value }) => value.permissions === undefined);
  if (root.permissions === undefined && silent) {
    report.add(
      'github-actions/no-permissions',
      'warning',
      lineOf(silent.path),
      `The token of the job "${silent.id}" may do whatever the repository's setting gives it. Add permissions, such as contents: read, at the top.`,
      url,
    );
  }
}

function judgeOne(
  permissions: unknown,
  path: YamlPath,
  lineOf: Workflow['lineOf'],
  report: Report,
): void {
  if (permissions === 'write-all') {
    const message =
      'write-all gives the token every right there is. Name those that the job needs.';
    report.add('github-actions/write-all', 'warning', lineOf(path), message, url);
    return;
  }
  for (const [scope, level] of Object.entries(mapping(permissions))) {
    const at = lineOf([...path, scope]);
    if (!scopes.has(scope)) {
      const message = `There is no permission "${scope.slice(0, 60)}". Known are ${[...scopes].join(', ')}.`;
      report.add('github-actions/permissions', 'error', at, message, url);
    } else if (!['read', 'write', 'none'].includes(String(level))) {
      const message = `The permission ${scope} is read, write or none.`;
      report.add('github-actions/permissions', 'error', at, message, url);
    }
  }
}
