import { append, type Mutation, rewrite } from '../labelled.ts';

/** What a pipeline refers to is known only where it includes no other file, and no other includes it. */
function alone({ name, breaks }: Mutation): Mutation {
  const isWhole = (content: string) => !/^include:/m.test(content) && /^stages:/m.test(content);
  return { name, breaks: (content, path) => (isWhole(content) ? breaks(content, path) : null) };
}

/** A job at the end that carries one fault. */
function job(name: string, keys: string): Mutation {
  return append(name, `omega job:\n  script: [make]\n  ${keys}`);
}

/** Faults that GitLab's lint refuses. */
export const mutations: readonly Mutation[] = [
  job('a key that no job has', 'scripts: [make test]'),
  alone(rewrite('the script of a job misspelled', /^( +)script:/m, '$1scirpt:')),
  alone(append('a job without a script', 'omega job:\n  tags: [linux]')),
  append('an empty list as a script', 'omega job:\n  script: []'),
  append('a mapping as a script', 'omega job:\n  script: {run: make}'),
  append('a text in place of a job', 'omega job: ./deploy.sh'),
  job('paths of artifacts as a text', 'artifacts: {paths: dist/}'),
  job('artifacts kept when there is no such time', 'artifacts: {when: failed}'),
  job('a job that runs when there is no such time', 'when: sometimes'),
  alone(job('a stage that is not listed', 'stage: omega')),
  alone(job('a need for no job', 'needs: [omega nobody]')),
  alone(job('a dependency on no job', 'dependencies: [omega nobody]')),
  alone(
    append(
      'a need for a job of a later stage',
      'omega first:\n  stage: .pre\n  needs: [omega last]\n  script: [make]\nomega last:\n  stage: .post\n  script: [make]',
    ),
  ),
  append(
    'needs in a circle',
    'omega a:\n  script: [a]\n  needs: [omega b]\nomega b:\n  script: [b]\n  needs: [omega a]',
  ),
  alone(job('a template that is not there', 'extends: .omega-nobody')),
  append(
    'templates in a circle',
    '.omega-a:\n  extends: .omega-b\n.omega-b:\n  extends: .omega-a\nomega job:\n  extends: .omega-a\n  script: [make]',
  ),
  alone(job('a reference to nothing', 'before_script: !reference [.omega-nobody, script]')),
  append('a tab as indentation', 'omega job:\n\tscript:\n\t\t- make'),
  append('a quote that is not closed', 'omega job:\n  script:\n    - "make test'),
  append('a bracket that is not closed', 'omega job:\n  script: [make, test'),
  job('a job five hundred times at once', 'parallel: 500'),
  job('more retries than there are', 'retry: 5'),
  job('a text where failing is allowed', 'allow_failure: maybe'),
  job('a list as an image', 'image: [node, alpine]'),
  job('a list of variables', 'variables: [A, B]'),
  job('rules that are a text', 'rules: always'),
  job('rules beside only', 'rules: [{when: always}]\n  only: [main]'),
  job('a coverage that is no pattern', 'coverage: total'),
  job('services that are a text', 'services: postgres'),
  job('a text where a job can be interrupted', 'interruptible: sometimes'),
  job('an environment without a name', 'environment: {url: https://omega.example}'),
  job('a release without a tag', 'release: {description: one}'),
  job('a key that no rule has', 'rules: [{iff: $CI_COMMIT_TAG}]'),
  append('a job that has a script and a trigger', 'omega job:\n  script: [make]\n  trigger: a/b'),
  rewrite(
    'stages that are a text',
    /^stages:[ \t]*\n(?:[ \t]*(?:-.*|#.*)?\n)+/m,
    'stages: build\n',
  ),
];
