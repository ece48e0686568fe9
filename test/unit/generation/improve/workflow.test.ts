import { expect, test } from 'vitest';
import { commitOf } from '#main/generation/blueprints/github-actions/action-pins.ts';
import { improveWorkflow } from '#main/generation/improve/workflow/improve-workflow.ts';

const author = `# ours
on: push

jobs:
  test: # keep
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4.2.2
      - uses: some/one@v1
      - run: npm test
  lint:
    runs-on: ubuntu-latest
    steps:
      - name: Code
        uses: "actions/checkout@v4.2.2"
        with:
          fetch-depth: 0 # all
      - run: npm run lint
`;

test('small edits keep comments and order, and a second run changes nothing', () => {
  const { content, left } = improveWorkflow(author, commitOf);
  expect(content).toBe(
    author
      .replaceAll(
        '    runs-on: ubuntu-latest\n',
        '    runs-on: ubuntu-latest\n    timeout-minutes: 60\n',
      )
      .replace('checkout@v4.2.2\n', 'checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2\n')
      .replace('checkout@v4.2.2"', 'checkout@11bd71901bbe5b1630ceea73d27597364c9af683" # v4.2.2')
      .replace('# all\n', '# all\n          persist-credentials: false\n'),
  );
  expect(left).toHaveLength(1);
  expect(improveWorkflow(content, commitOf).content).toBe(content);
});

test('the token only reads where every job does', () => {
  const reading = author.replace('      - uses: some/one@v1\n', '');
  expect(improveWorkflow(reading, commitOf).content).toContain(
    'on: push\n\npermissions:\n  contents: read\n\njobs:\n',
  );
  for (const step of [
    'run: git push',
    'uses: actions/stale@v9',
    `env: { T: \${{ secrets.GITHUB_TOKEN }} }`,
  ]) {
    const writes = reading.replace('run: npm test', `${step}\n        name: x`);
    expect(improveWorkflow(writes, commitOf).content).not.toContain('permissions:');
  }
});

test('what cannot be read, or says it already, stays byte for byte', () => {
  for (const text of ['jobs: [', '', 'on: push\r\njobs: {}\r\n', 'a: &a [*a]\n']) {
    expect(improveWorkflow(text, commitOf).content).toBe(text);
  }
  expect(commitOf('ruby/setup-ruby', 'v1')).toBeNull();
  expect(commitOf('actions/checkout', 'main')).toBeNull();
});
