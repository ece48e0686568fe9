import { ruleUrl } from '#shared/rules.ts';
import { readProblems, type SchemaProblem } from '../compose/schema.ts';
import { quote, type Report } from '../report.ts';
import type { Validator } from '../validator.ts';
import { parseYaml, type YamlDocument } from '../yaml/parse-yaml.ts';
import { pipelineOf } from './pipeline-model.ts';
import { referenceTag } from './reference.ts';
import { judgeJobs } from './rules-jobs.ts';
import { judgeLinks } from './rules-links.ts';
import { judgeSafety } from './rules-safety.ts';
import { gitlabSchema } from './schema.ts';

const reference = 'https://docs.gitlab.com/ci/yaml/';

/** Judges a GitLab pipeline by GitLab's own schema, and by rules about what its jobs refer to. */
export const validateGitlabCi: Validator = async ({ content, path }) => {
  const { documents, report } = parseYaml(content, 'gitlab-ci', referenceTag);
  // A file with inputs has a header of its own before the pipeline.
  const document = documents.at(-1);
  if (!document) {
    if (report.findings.length === 0) {
      const message = 'The file is empty. Describe at least one job.';
      report.add('gitlab-ci/empty', 'error', 1, message, reference);
    }
    return report.findings;
  }
  if (typeof document.value !== 'object' || Array.isArray(document.value)) {
    const message = 'A pipeline is a mapping of jobs. This is none.';
    report.add('gitlab-ci/schema', 'error', document.line, message, reference);
    return report.findings;
  }
  await judgeSchema(document, report);
  const pipeline = pipelineOf(document, !/(?:^|[/\\])\.gitlab-ci\.ya?ml$/.test(path));
  const visible = [...pipeline.jobs.keys()].filter((name) => !name.startsWith('.'));
  if (pipeline.root.include !== undefined) {
    const message = 'Other files are included here, and were not looked at.';
    const url = ruleUrl('gitlab-ci/not-checked');
    report.add('gitlab-ci/not-checked', 'info', document.lineOf(['include']), message, url);
  } else if (visible.length === 0 && !pipeline.includes) {
    const message =
      'No job is visible: each name begins with a dot. GitLab refuses such a pipeline.';
    report.add('gitlab-ci/no-jobs', 'error', document.line, message, `${reference}#hide-a-job`);
  }
  judgeJobs(pipeline, report);
  judgeLinks(pipeline, report);
  judgeSafety(pipeline, report);
  return report.findings;
};

async function judgeSchema(document: YamlDocument, report: Report): Promise<void> {
  const validate = await gitlabSchema();
  if (validate(document.value)) return;
  // Of the choice between a value and a reference only what is wrong with the value counts.
  const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if');
  for (const problem of readProblems(errors).slice(0, 100)) {
    // What a job has to have is told better by the rules about jobs.
    if (problem.error.keyword === 'required' && problem.path.length < 2) continue;
    if (['not', 'oneOf', 'anyOf'].includes(problem.error.keyword) && problem.path.length < 2)
      continue;
    const key = problem.path.findLast((step) => typeof step === 'string') ?? '';
    const url = `${reference}${typeof key === 'string' && /^[a-z_]+$/.test(key) ? `#${key}` : ''}`;
    const rule =
      problem.error.keyword === 'additionalProperties'
        ? 'gitlab-ci/unknown-field'
        : 'gitlab-ci/schema';
    report.add(rule, 'error', document.lineOf(problem.path), describe(problem), url);
  }
}

function describe({ path, error }: SchemaProblem): string {
  const name = quote(path.join('.') || 'the file', 100);
  if (error.keyword === 'additionalProperties') {
    return `GitLab knows no ${quote(String(error.params.additionalProperty))} in ${quote(path.slice(0, -1).join('.') || 'the file', 100)}. Remove it, or mend its name.`;
  }
  if (error.keyword === 'enum') {
    return `${name} must be one of ${(error.params.allowedValues as readonly unknown[]).map(String).join(', ')}.`;
  }
  if (error.keyword === 'type') {
    return `${name} must be ${[error.params.type].flat().join(' or ')}.`;
  }
  return `${name} ${error.message ?? 'is not what GitLab takes'}.`;
}
