import { append, type Mutation, rewrite } from '../labelled.ts';

/** A job at the end of the file, where the jobs stand; null where they do not stand last. */
function job(name: string, lines: string): Mutation {
  return {
    name,
    breaks: (content) => {
      const last = content.match(/^[A-Za-z][\w-]*:/gm)?.at(-1);
      const indent = /^jobs:[^\n]*\n(?:[ \t]*(?:#[^\n]*)?\n)*([ ]+)\S/m.exec(content)?.[1];
      if (last !== 'jobs:' || indent === undefined) return null;
      const text = lines.replace(/^/gm, indent);
      return `${content.trimEnd()}\n${text}\n`;
    },
  };
}

const head = 'omega:\n  runs-on: ubuntu-24.04\n';
const step = (line: string) => `${head}  steps:\n    - ${line}`;

/** Faults that GitHub refuses a workflow for, most of which actionlint tells too. */
export const mutations: readonly Mutation[] = [
  rewrite('runs-on misspelled', /^( +)runs-on:/m, '$1run-on:'),
  rewrite('jobs misspelled', /^jobs:/m, 'job:'),
  rewrite('steps misspelled', /^( +)steps:/m, '$1step:'),
  rewrite('uses misspelled', /^( +- )uses:/m, '$1use:'),
  rewrite('an expression that is not closed', /\$\{\{([^}\n]*)\}\}/, '$${{$1}'),
  rewrite('an expression with an operator too many', /\$\{\{([^}\n]*)\}\}/, '$${{ $1 && }}'),
  rewrite('an expression of an unknown context', /\$\{\{[^}\n]*\}\}/, '$${{ secret.TOKEN }}'),
  rewrite('a job indented by a tab', /^jobs:[^\n]*\n( +)/m, 'jobs:\n\t'),
  rewrite('an action without a version', /(uses:\s*)([\w-]+\/[\w-]+)@\S+/, '$1$2'),
  rewrite(
    'events that are no events',
    /^["']?on["']?:(?:[^\n]*\n)(?:(?:[ \t]+[^\n]*)?\n)*/m,
    'on:\n  push:\n    branch: [main]\n',
  ),
  append(
    'jobs a second time',
    'jobs:\n  omega:\n    runs-on: ubuntu-24.04\n    steps: [{run: make}]',
  ),
  append('a key that no workflow has', 'stages: [build, test]'),
  append('a quote that is not closed', 'env:\n  OMEGA: "a'),
  job('a job without steps', 'omega:\n  runs-on: ubuntu-24.04'),
  job('a job without a runner', 'omega:\n  steps:\n    - run: make'),
  job('a need for no job', `${head}  needs: omega-nobody\n  steps:\n    - run: make`),
  job(
    'needs in a circle',
    'omega-a:\n  needs: omega-b\n  runs-on: ubuntu-24.04\n  steps: [{run: a}]\nomega-b:\n  needs: omega-a\n  runs-on: ubuntu-24.04\n  steps: [{run: b}]',
  ),
  job('a step with a script and an action', step('run: make\n      uses: actions/checkout@v4')),
  job('a step that does nothing', step('name: Build')),
  job('a step that is a text', step('make')),
  job('a key that no step has', step('run: make\n      working-dir: src')),
  job('an id twice', `${head}  steps:\n    - {id: a, run: a}\n    - {id: a, run: b}`),
  job('a time limit that is a text', `${head}  timeout-minutes: soon\n  steps:\n    - run: make`),
  job('a matrix that is a list', `${head}  strategy: {matrix: [1, 2]}\n  steps:\n    - run: make`),
  job(
    'a right that there is not',
    `${head}  permissions: {content: read}\n  steps:\n    - run: make`,
  ),
  job(
    'a right of an unknown level',
    `${head}  permissions: {contents: admin}\n  steps:\n    - run: make`,
  ),
  job('an unknown function', step('run: echo $' + '{{ toJson2(github) }}')),
  job('a function without its arguments', step('run: echo $' + '{{ startsWith(github.ref) }}')),
  job(
    'secrets in a condition of a job',
    `${head}  if: secrets.TOKEN != ''\n  steps:\n    - run: make`,
  ),
  job('an id with spaces', 'omega job:\n  runs-on: ubuntu-24.04\n  steps: [{run: make}]'),
  job(
    'a reusable workflow beside steps',
    'omega:\n  uses: a/b/.github/workflows/c.yml@v1\n  steps: [{run: make}]',
  ),
  job('inputs of a step that are a list', step('uses: actions/checkout@v4\n      with: [a, b]')),
  job('a shell that there is not', step('run: make\n      shell: bsh')),
  rewrite(
    'a schedule that is no cron',
    /^["']?on["']?:(?:[^\n]*\n)(?:(?:[ \t]+[^\n]*)?\n)*/m,
    "on:\n  schedule:\n    - cron: '0 25 * * *'\n",
  ),
];
