import { OmegaError } from '#shared/error.ts';
import type { ScanResult, Service } from '#shared/scan.ts';
import type { Target } from '#shared/target.ts';
import type { Surroundings, WrittenFile } from '../blueprint.ts';
import { isImproved } from '../blueprint.ts';
import { type Line, textOf } from '../ci/ci-lines.ts';
import { deployOf } from '../ci/deploy-target.ts';
import { deployedReads } from '../ci/deployed-manifests.ts';
import { imageJobs } from '../ci/images.ts';
import { testJobs } from '../ci/test-jobs.ts';
import { freePath } from '../free-path.ts';
import { deployJobLines } from './deploy-jobs.ts';
import { imageJobLines } from './image-jobs.ts';
import { improvedPipeline, localIncludes } from './improved.ts';
import { testJob } from './test-jobs.ts';

const usual = '.gitlab-ci.yml';

/** The author's pipeline, so that it is not written over, and manifests that it is to apply. */
export function gitlabCiReads(
  project: ScanResult,
  _service: Service | null,
  target: Target,
): readonly string[] {
  return [usual, ...deployedReads(project, target)];
}

/** What the author's pipeline takes in from its own project. */
export function gitlabCiFollows(texts: Surroundings['texts']): readonly string[] {
  return [...texts.values()].flatMap(({ content }) => localIncludes(content));
}

/**
 * `.gitlab-ci.yml`: tests, images, scan and deployment of all services. An author's pipeline gets
 * small changes instead.
 * @throws OmegaError `INVALID_INPUT` where no service has an image to build.
 */
export function gitlabCiFiles(
  project: ScanResult,
  _service: Service | null,
  surroundings: Surroundings,
): readonly WrittenFile[] {
  const theirs = surroundings.texts.get(usual);
  if (theirs && isImproved(surroundings, usual)) {
    return improvedPipeline(project, usual, surroundings);
  }
  const images = imageJobs(project);
  if (images.length === 0) {
    throw new OmegaError(
      'INVALID_INPUT',
      'No service of the project has an image that a pipeline could build. Write its Dockerfile first, or leave this kind out of the run.',
    );
  }
  const deploy = deployOf(surroundings.target);
  const tests = testJobs(project);
  const stages = [
    ...(tests.length > 0 ? ['test'] : []),
    'image',
    'scan',
    ...(deploy.type === 'terraform' ? ['publish'] : []),
    ...(deploy.type === 'none' ? [] : ['deploy']),
  ];
  const blocks: readonly (readonly Line[])[] = [
    [`stages: [${stages.join(', ')}]`],
    [
      '# One pipeline for a merge request or a branch, not both; a newer push ends the older run.',
      'workflow:',
      [
        'auto_cancel:',
        ['on_new_commit: interruptible'],
        'rules:',
        [
          '- if: $CI_PIPELINE_SOURCE == "merge_request_event"',
          '- if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH',
          '- if: $CI_COMMIT_TAG',
        ],
      ],
    ],
    ['default:', ['interruptible: true', 'retry:', ['max: 1', 'when: runner_system_failure']]],
    ...tests.map(testJob),
    ...imageJobLines(
      images,
      tests.map(({ label }) => `test-${label}`),
    ),
    ...deployJobLines(project, images, deploy, surroundings),
  ];
  const content = blocks.map((lines) => textOf(lines)).join('\n');
  return [{ kind: 'gitlab-ci', path: freePath(project, usual, 'omega.gitlab-ci.yml'), content }];
}
