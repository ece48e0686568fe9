import { OmegaError } from '#shared/error.ts';
import type { ScanResult } from '#shared/scan.ts';
import type { Surroundings } from '../blueprint.ts';
import { comment, type Line, textOf } from '../ci/ci-lines.ts';
import { deployOf } from '../ci/deploy-target.ts';
import { imageJobs } from '../ci/images.ts';
import { testJobs } from '../ci/test-jobs.ts';
import { deployJobLines } from './deploy-job.ts';
import { imageJobLines } from './image-jobs.ts';
import { testJob } from './test-jobs.ts';

/** Jobs that a workflow has: all, or those that no workflow of the author's has. */
export type WorkflowPart = 'all' | 'tests' | 'images';

const titles: Readonly<Record<WorkflowPart, string>> = {
  all: 'CI',
  tests: 'Tests',
  images: 'Images',
};

/**
 * The text of a workflow that tests, builds, scans, publishes and deploys the project's services.
 * @throws OmegaError `INVALID_INPUT` where no service has an image to build.
 */
export function workflowText(
  project: ScanResult,
  surroundings: Surroundings,
  part: WorkflowPart,
): string {
  const images = imageJobs(project);
  if (images.length === 0) {
    throw new OmegaError(
      'INVALID_INPUT',
      'No service of the project has an image that a pipeline could build. Write its Dockerfile first, or leave this kind out of the run.',
    );
  }
  const deploy = deployOf(surroundings.target);
  const tests = part === 'images' ? [] : testJobs(project);
  const needs = tests.map(({ label }) => `test-${label}`);
  const jobs: readonly (readonly Line[])[] = [
    ...tests.map(testJob),
    ...(part === 'tests'
      ? []
      : [
          imageJobLines(images, deploy, needs),
          deployJobLines(project, images, deploy, surroundings),
        ]),
  ].filter((lines) => lines.length > 0);
  return textOf([
    `name: ${titles[part]}`,
    '',
    'on:',
    [
      'pull_request:',
      'push:',
      [
        '# The default branch, by either of its usual names.',
        'branches: [main, master]',
        "tags: ['v*']",
      ],
    ],
    '',
    ...comment('Jobs that need more ask for it themselves.'),
    'permissions:',
    ['contents: read'],
    '',
    '# A newer push to a pull request ends the run of the older one; what is pushed runs to its end.',
    'concurrency:',
    [
      `group: \${{ github.workflow }}-\${{ github.ref }}`,
      `cancel-in-progress: \${{ github.event_name == 'pull_request' }}`,
    ],
    '',
    'jobs:',
    jobs.flatMap((lines, at) => (at === 0 ? lines : ['', ...lines])),
  ] as readonly Line[]);
}
