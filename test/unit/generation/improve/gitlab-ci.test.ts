import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { localIncludes } from '#main/generation/blueprints/gitlab-ci/improved.ts';
import {
  improvePipeline,
  type PipelineFacts,
} from '#main/generation/improve/gitlab-ci/improve-pipeline.ts';
import { validateFile } from '#main/generation/validation/validate.ts';

const none: PipelineFacts = { runtimes: [], tests: [], isPart: false };
const facts: PipelineFacts = {
  ...none,
  runtimes: [{ language: 'typescript', version: 'v22.4' }],
};
const tests = [
  {
    name: 'api',
    job: 'test-api',
    command: 'npm test',
    text: 'test-api:\n  stage: test\n  script:\n    - npm test\n',
  },
];
const improve = (text: string, known = facts) => improvePipeline(text, known);

const author = `# ours
image: "node:latest" # keep

types: [test, ship] # in this order

.login: &login
  - docker login -u "$CI_REGISTRY_USER" -p $CI_REGISTRY_PASSWORD $CI_REGISTRY

unit-test:
    type: test
    services:
    - name: postgres:18
      alias: node
    script:
    - 'echo $CI_BUILD_REF'
    - npm test
    artifacts:
        reports:
            cobertura: coverage/cobertura.xml # in the merge request
ship:
    stage: ship
    only: [tags]
    before_script: *login
    script:
    - |
      docker login -u me -p "\${TOKEN}"
      docker build -t "$CI_REGISTRY_IMAGE:\${CI_BUILD_TAG}" .
      docker login -p literal
`;

describe("an author's pipeline", () => {
  it('gets what GitLab took away by the names of today, hidden passwords and pinned images, and no more', () => {
    const { content, left } = improve(author);
    expect(content).toBe(
      author
        .replace('node:latest', 'node:22.4')
        .replace('types:', 'stages:')
        .replace('type: test', 'stage: test')
        .replace(
          'docker login -u "$CI_REGISTRY_USER" -p $CI_REGISTRY_PASSWORD',
          'printf \'%s\' "$CI_REGISTRY_PASSWORD" | docker login -u "$CI_REGISTRY_USER" --password-stdin',
        )
        .replace('CI_BUILD_REF', 'CI_COMMIT_SHA')
        .replace('CI_BUILD_TAG', 'CI_COMMIT_TAG')
        .replace(
          `docker login -u me -p "\${TOKEN}"`,
          'printf \'%s\' "$TOKEN" | docker login -u me --password-stdin',
        )
        .replace(
          'cobertura: coverage/cobertura.xml',
          'coverage_report:\n                coverage_format: cobertura\n                path: coverage/cobertura.xml',
        ),
    );
    expect(left.map(({ line, text }) => [line, text.slice(0, 24)])).toEqual([
      [22, expect.stringContaining('ship builds an image')],
    ]);
    expect(improve(content).content).toBe(content);
  });

  it('hides a password where its script is a list of a job, in whatever line ends', () => {
    const script = 'a:\r\n  script:\r\n    - docker login -u $U -p $P quay.io # why\r\n';
    const made = improve(script).content;
    expect(made).toBe(
      'a:\r\n  script:\r\n    - printf \'%s\' "$P" | docker login -u $U --password-stdin quay.io # why\r\n',
    );
    expect(parse(made).a.script).toHaveLength(1);
  });

  it('leaves what it does not know: other images, names of its own, lines that do more', () => {
    for (const text of [
      'a:\n  image: node\n  script: [x]\nb: &b\n  image: "$IMAGE"\n  script: [x]\n',
      'variables: { CI_BUILD_REF: mine }\na:\n  script: ["echo $CI_BUILD_REF"]\n',
      'a:\n  script:\n    - docker login -p $P && docker push x\n    - docker login -p $P -p $Q\n',
      "a:\n  script:\n    - 'docker login -p $env:P x'\n",
      'a: [\n',
      '',
      'types: [a]\nstages: [a]\n',
    ]) {
      expect(improve(text, none).content).toBe(text);
    }
    const two = [...facts.runtimes, { language: 'javascript', version: null }];
    const image = 'a:\n  image: node\n  script: [x]\n';
    expect(improve(image, { ...none, runtimes: two }).content).toBe(image);
  });

  it('gets jobs that test where none does and nothing speaks against it; else the reason is told', async () => {
    const plain = 'pages:\n  stage: deploy\n  script: [make]\n  artifacts: { paths: [public] }';
    const { content, done } = improve(plain, { ...none, tests });
    expect(content).toBe(`${plain}\n\n${tests[0]?.text}`);
    expect(done).toHaveLength(1);
    expect(improve(content, { ...none, tests }).content).toBe(content);
    const findings = await validateFile(
      { path: '.gitlab-ci.yml', content, format: 'gitlab-ci' },
      new AbortController().signal,
    );
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    for (const [added, why] of [
      ['default: { before_script: [x] }', 'before_script'],
      ['stages: [deploy]', 'no stage called test'],
      ['tagged: { tags: [shell], script: [x] }', 'runners'],
    ]) {
      const made = improve(`${plain}\n${added}\n`, { ...none, tests });
      expect(made.content).toBe(`${plain}\n${added}\n`);
      expect(made.left.map(({ text }) => text).join()).toContain(why);
    }
    for (const added of ['include: /ci/a.yml', 'unit_tests: { script: [make] }']) {
      const made = improve(`${plain}\n${added}\n`, { ...none, tests });
      expect(made).toMatchObject({ content: `${plain}\n${added}\n`, left: [] });
    }
  });

  it('is told of includes that others may change, and those of its own are found', () => {
    const text =
      "include:\n  - local: '/.gitlab-ci/build.yml'\n  - /ci/deploy.gitlab-ci.yml\n  - /ci/other.yml\n  - ../x.gitlab-ci.yml\n  - local: ci/*.gitlab-ci.yml\n  - project: a/b\n    ref: main\n    file: x.yml\n  - project: a/b\n    ref: v1.2.0\n    file: x.yml\n  - remote: https://example.com/x.yml\n";
    expect(localIncludes(text)).toEqual(['.gitlab-ci/build.yml', 'ci/deploy.gitlab-ci.yml']);
    expect(improve(text).left.map(({ line }) => line)).toEqual([7, 13]);
  });

  it('keeps every comment, and all that it does not know, whatever its order', () => {
    const parts = [
      'build: # b\n  stage: build\n  script: &s\n    - make # m\n    - echo "$CI_BUILD_ID"\n',
      'variables:\n  A: "1" # one\n  B: $CI_BUILD_NAME\n',
      'lint:\n    extends: build\n    script: *s\n    rules:\n        - if: $CI_BUILD_TAG # tags\n',
      'cache: { key: a, paths: [x] } # all\n',
      `login:\n  script:\n    # now\n    - docker login -u u -p \${P} r.io\n`,
      'img:\n  image: { name: node, entrypoint: [""] } # i\n  script: [x]\n',
    ];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(parts, { minLength: 1 }),
        fc.boolean(),
        fc.stringMatching(/^# [\w $"':{}[\]-]{0,20}$/),
        (chosen, crlf, comment) => {
          // An anchor has to stand before what uses it.
          fc.pre(!chosen.includes(parts[2] as string) || chosen.indexOf(parts[0] as string) >= 0);
          fc.pre(
            chosen.indexOf(parts[2] as string) < 0 ||
              chosen.indexOf(parts[0] as string) < chosen.indexOf(parts[2] as string),
          );
          const lf = chosen.join(`${comment}\n\n`);
          const text = crlf ? lf.replaceAll('\n', '\r\n') : lf;
          const { content } = improve(text);
          const undone = content
            .replaceAll('CI_JOB_ID', 'CI_BUILD_ID')
            .replaceAll('CI_JOB_NAME', 'CI_BUILD_NAME')
            .replaceAll('CI_COMMIT_TAG', 'CI_BUILD_TAG')
            .replace(
              'printf \'%s\' "$P" | docker login -u u --password-stdin',
              `docker login -u u -p \${P}`,
            )
            .replace('node:22.4', 'node');
          expect(undone).toBe(text);
          expect(content).not.toMatch(/CI_BUILD|-p \$/);
          expect(improve(content).content).toBe(content);
        },
      ),
      { numRuns: 60 },
    );
  });
});
