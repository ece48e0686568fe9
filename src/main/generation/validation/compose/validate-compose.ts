import { mapping } from '../plain.ts';
import type { Validator } from '../validator.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { describeProblem } from './describe-problem.ts';
import { isPartial, readComposeFile } from './model.ts';
import { judgeInterpolation } from './rules-interpolation.ts';
import { judgePorts } from './rules-ports.ts';
import { judgeReferences } from './rules-references.ts';
import { judgeSafety } from './rules-safety.ts';
import { judgeUnits } from './rules-units.ts';
import { judgeValues } from './rules-values.ts';
import { composeSchema, readProblems } from './schema.ts';

const specUrl = 'https://docs.docker.com/reference/compose-file/';

/** Judges a Compose file by the compose-spec schema and by rules about names, ports and safety. */
export const validateCompose: Validator = async ({ content, path }) => {
  const { documents, report } = parseYaml(content, 'compose');
  const document = documents[0];
  if (!document) {
    if (report.findings.length === 0) {
      report.add(
        'compose/empty',
        isPartial(path) ? 'info' : 'error',
        1,
        'The file is empty. Describe at least one service under services.',
        specUrl,
      );
    }
    return report.findings;
  }
  const second = documents[1];
  if (second) {
    report.add(
      'compose/several-documents',
      'warning',
      second.line,
      'A Compose file is one document; what follows --- is merged over it. Use a second file.',
      specUrl,
    );
  }
  const validate = await composeSchema();
  if (!validate(document.value)) {
    for (const problem of readProblems(validate.errors ?? []).slice(0, 100)) {
      const rule = problem.error.keyword === 'additionalProperties' ? 'unknown-field' : 'schema';
      const top = problem.path[0];
      const url =
        problem.path.length > 1 && typeof top === 'string' ? `${specUrl}${page(top)}` : specUrl;
      report.add(
        `compose/${rule}`,
        'error',
        document.lineOf(problem.path),
        describeProblem(problem),
        url,
      );
    }
  }
  const file = readComposeFile(document, path);
  if (!file.partial && Object.keys(mapping(file.root.services)).length === 0) {
    report.add(
      'compose/no-services',
      'warning',
      document.line,
      'No service is described, so nothing starts. Add one under services.',
      `${specUrl}services/`,
    );
  }
  judgeReferences(file, report);
  judgePorts(file, report);
  judgeSafety(file, report);
  judgeValues(file, report);
  judgeUnits(file, report);
  judgeInterpolation(file, report);
  return report.findings;
};

function page(section: string): string {
  return ['services', 'networks', 'volumes', 'configs', 'secrets', 'include', 'models'].includes(
    section,
  )
    ? `${section}/`
    : '';
}
