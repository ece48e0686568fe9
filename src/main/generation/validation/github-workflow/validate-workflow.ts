import { ruleUrl } from '#shared/rules.ts';
import type { Validator } from '../validator.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { addActionlint } from './actionlint-findings.ts';
import { judgePermissions } from './rules-permissions.ts';
import { judgeSafety } from './rules-safety.ts';
import { runActionlint } from './run-actionlint.ts';
import { workflowOf } from './workflow-model.ts';

const syntax = 'https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax';

/** Judges a workflow of GitHub Actions by actionlint, and by rules of our own about what it may do. */
export const validateWorkflow: Validator = async ({ content, path }) => {
  const { documents, report } = parseYaml(content, 'github-actions');
  const [document, second] = documents;
  const broken = report.findings.some(({ severity }) => severity === 'error');
  if (!document) {
    if (!broken) {
      const message = 'The file is empty. Say on which events it runs, and which jobs.';
      report.add('github-actions/empty', 'error', 1, message, syntax);
    }
    return report.findings;
  }
  if (second) {
    const message =
      'A workflow is one document; GitHub refuses what follows ---. Use another file.';
    report.add('github-actions/several-documents', 'error', second.line, message, syntax);
  }
  if (!broken) {
    const results = await runActionlint(content, path);
    if (results !== null) addActionlint(results, content.split(/\r?\n/), report);
    else {
      const message = 'actionlint broke on this file. Simplify its YAML, and validate it again.';
      report.add(
        'github-actions/linter-failed',
        'error',
        1,
        message,
        ruleUrl('github-actions/linter-failed'),
      );
    }
  }
  const workflow = workflowOf(document);
  judgePermissions(workflow, report);
  judgeSafety(workflow, report);
  return report.findings;
};
