import { describe, expect, it } from 'vitest';
import { brief, judge } from './expect-findings.ts';

const errors = async (text: string, path?: string) =>
  brief(await judge('gitlab-ci', text, path), 'error');

describe('GitLab pipelines', () => {
  it('accepts templates, references, matrices and rules', async () => {
    const text = `stages: [build, test]
default:
  image: node:26.1
.base: &base
  stage: build
  script:
    - make
.rules:
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
build:
  <<: *base
  rules:
    - !reference [.rules, rules]
test:
  extends: .base
  stage: test
  needs: [build, {job: many, optional: true}]
  parallel:
    matrix:
      - VERSION: ['1', '2']
  id_tokens:
    TOKEN:
      aud: https://example.com
`;
    expect(await judge('gitlab-ci', text)).toEqual([]);
  });

  it.each([
    ['no script', 'a:\n  stage: test\n', 'gitlab-ci/no-script@1'],
    ['an unknown stage', 'a:\n  stage: tests\n  script: [x]\n', 'gitlab-ci/unknown-stage@2'],
    ['an unknown need', 'a:\n  needs: [b]\n  script: [x]\n', 'gitlab-ci/unknown-needs@2'],
    [
      'a circle of needs',
      'a:\n  needs: [b]\n  script: [x]\nb:\n  needs: [a]\n  script: [x]\n',
      'gitlab-ci/needs-cycle@2',
    ],
    ['an unknown template', 'a:\n  extends: .b\n  script: [x]\n', 'gitlab-ci/unknown-extends@2'],
    [
      'a circle of templates',
      '.b:\n  extends: .c\n.c:\n  extends: .b\na:\n  script: [x]\n',
      'gitlab-ci/extends-cycle@2',
    ],
    ['an unknown key', 'a:\n  script: [x]\n  tag: [y]\n', 'gitlab-ci/unknown-field@3'],
    ['a wrong type', 'a:\n  script: [x]\n  artifacts:\n    paths: dist\n', 'gitlab-ci/schema@4'],
    ['no visible job', '.a:\n  script: [x]\n', 'gitlab-ci/no-jobs@1'],
    [
      'rules beside only of a template',
      '.b:\n  only: [x]\na:\n  extends: .b\n  rules: [{when: always}]\n  script: [x]\n',
      'gitlab-ci/rules-and-only@5',
    ],
    [
      'a script beside a trigger',
      'a:\n  script: [x]\n  trigger: b/c\n',
      'gitlab-ci/script-and-trigger@1',
    ],
    [
      'an unknown dependency',
      'a:\n  dependencies: [b]\n  script: [x]\n',
      'gitlab-ci/unknown-needs@2',
    ],
    [
      'a need for a later stage',
      'a:\n  stage: build\n  needs: [b]\n  script: [x]\nb:\n  script: [x]\n',
      'gitlab-ci/needs-later@1',
    ],
    ['an empty script', 'a:\n  script:\n  stage: test\n', 'gitlab-ci/no-script@1'],
    [
      'a reference to nothing',
      '.b:\n  script: [x]\na:\n  script: [!reference [.b, scripts]]\n',
      'gitlab-ci/unknown-reference@4',
    ],
    ['a list', '- a\n', 'gitlab-ci/schema@1'],
    ['nothing', '', 'gitlab-ci/empty@1'],
  ])('refuses %s', async (_name, text, finding) => {
    expect(await errors(text)).toContain(finding);
  });

  it('takes what the server takes beyond the schema for editors', async () => {
    // Each of these refused a pipeline of a public project that runs.
    const text = `include:
  local: "$FOLDER/more"
.if-main:
  if: $CI_COMMIT_BRANCH == "main"
.rules:
  rules:
    - when: always
workflow:
  rules: !reference [.rules, rules]
a:
  image: !reference [.images, node]
  parallel:
  tags: []
  rules:
    - if: !reference [.if-main, if]
  script: [x]
  artifacts:
    paths: []
  script: [y]
`;
    expect(await errors(text)).toEqual([]);
    expect(brief(await judge('gitlab-ci', text), 'warning')).toEqual([
      'gitlab-ci/duplicate-key@19',
    ]);
  });

  it('says what it did not look at, and trusts it', async () => {
    const findings = await judge('gitlab-ci', 'include: /x.yml\na:\n  extends: .there\n');
    expect(findings.map(({ rule }) => rule)).toEqual(['gitlab-ci/not-checked']);
    expect(await errors('.a:\n  script: [x]\n', 'ci/base.gitlab-ci.yml')).toEqual([]);
  });

  it('tells of images without a version, Docker in Docker and open secrets', async () => {
    const text =
      'a:\n  image: node\n  services: [docker:28-dind]\n  variables:\n    API_TOKEN: f3a9c0d1e2b4\n  script: [x]\n';
    const findings = await judge('gitlab-ci', text);
    expect(brief(findings, 'warning')).toEqual([
      'gitlab-ci/unpinned-image@2',
      'gitlab-ci/docker-in-docker@3',
    ]);
    expect(brief(findings, 'info')).toEqual(['gitlab-ci/plain-secret@5']);
  });
});
