import { describe, expect, it } from 'vitest';
import { brief, judge } from './expect-findings.ts';

const sha = '3d3c42e5aac5ba805825da76410c181273ba90b1';
const workflow = (
  steps: string,
  head = 'on: push\npermissions:\n  contents: read\n',
) => `${head}jobs:
  a:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
${steps}`;
const errors = async (text: string) => brief(await judge('github-workflow', text), 'error');

describe('workflows of GitHub Actions', () => {
  it('accepts what GitHub takes, also what is younger than the linter', async () => {
    const good = workflow(
      `      - uses: actions/checkout@${sha} # v7.0.1
        with:
          persist-credentials: false
      - run: echo "$NAME"
        env:
          NAME: \${{ vars.NAME }}
`,
      'on: [push, merge_group]\npermissions:\n  contents: read\n  attestations: write\n  models: read\n',
    );
    expect(await judge('github-workflow', good)).toEqual([]);
    const anchored = workflow('      - &one\n        run: echo 1\n      - *one\n');
    expect(await errors(anchored)).toEqual([]);
  });

  it.each([
    [
      'unexpected key',
      workflow('      - run: a\n        unknown: b\n'),
      'github-actions/syntax-check@10',
    ],
    ['an action without a version', workflow('      - uses: a/b\n'), 'github-actions/actionlint@9'],
    ['no steps', 'on: push\njobs:\n  a:\n    runs-on: x\n', 'github-actions/syntax-check@3'],
    [
      'unknown need',
      'on: push\njobs:\n  a:\n    needs: b\n    runs-on: x\n    steps: [{run: a}]\n',
      'github-actions/job-needs@3',
    ],
    [
      'broken expression',
      workflow(`      - run: echo \${{ github.sha && }}\n`),
      'github-actions/expression@9',
    ],
    [
      'unknown permission',
      workflow('      - run: a\n', 'on: push\npermissions:\n  content: read\n'),
      'github-actions/permissions@3',
    ],
    [
      'injection',
      workflow(
        `      - run: echo \${{ github.event.issue.title }}\n`,
        'on: issues\npermissions: {}\n',
      ),
      'github-actions/script-injection@8',
    ],
    ['tabs', 'on: push\njobs:\n\ta:\n', 'github-actions/yaml@3'],
    ['a key twice', 'on: push\non: push\njobs: {}\n', 'github-actions/duplicate-key@2'],
  ])('refuses %s', async (_name, text, finding) => {
    expect(await errors(text)).toContain(finding);
  });

  it('refuses the code of strangers with the rights of the project', async () => {
    const text = workflow(
      `      - uses: actions/checkout@${sha}
        with:
          ref: \${{ github.event.pull_request.head.sha }}
      - run: npm ci
`,
      'on: pull_request_target\npermissions:\n  contents: read\n',
    );
    expect(await errors(text)).toContain('github-actions/untrusted-checkout@11');
    const own = text.replace(
      '    steps:',
      '    if: github.event.pull_request.head.repo.full_name == github.repository\n    steps:',
    );
    expect(await errors(own), 'branches of the project itself').toEqual([]);
  });

  it('warns of an exclusion that excludes nothing, which GitHub passes over', async () => {
    const text = workflow('      - run: a\n').replace(
      '    steps:',
      '    strategy:\n      matrix:\n        v: [1, 2]\n        exclude: [{v: 3}, {os: x}]\n    steps:',
    );
    const findings = await judge('github-workflow', text);
    expect(brief(findings, 'error')).toEqual([]);
    expect(brief(findings, 'warning')).toContain('github-actions/matrix@11');
  });

  it('tells of rights, actions, jobs and tokens that are wider than they must be', async () => {
    const text =
      'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: actions/checkout@v4\n      - uses: some/one@v1\n';
    const findings = await judge('github-workflow', text);
    expect(brief(findings, 'warning')).toEqual([
      'github-actions/no-permissions@3',
      'github-actions/unpinned-action@7',
    ]);
    expect(brief(findings, 'info')).toEqual([
      'github-actions/no-timeout@3',
      'github-actions/persisted-credentials@6',
      'github-actions/unpinned-action@6',
    ]);
  });

  it('ends hostile files with a finding', async () => {
    const bomb = `a: &a [1,1]\n${Array.from({ length: 30 }, (_, at) => `b${at}: &b${at} [*${at === 0 ? 'a' : `b${at - 1}`}, *${at === 0 ? 'a' : `b${at - 1}`}]`).join('\n')}\n`;
    expect(await errors(bomb)).toEqual([expect.stringContaining('github-actions/')]);
    expect(await errors('['.repeat(5_000))).toEqual([expect.stringContaining('too-deep')]);
    expect(await errors('')).toEqual(['github-actions/empty@1']);
    expect(await errors('on: push\njobs: 7\n')).not.toEqual([]);
    expect(await errors('{{')).not.toEqual([]);
  });
});
