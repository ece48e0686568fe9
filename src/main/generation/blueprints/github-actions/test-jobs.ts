import { entry, type Line, mappingLines, scriptLines } from '../ci/ci-lines.ts';
import { runtimeOf } from '../ci/runtime.ts';
import { type TestBacking, testBackings, testEnv } from '../ci/test-backing.ts';
import type { TestJob } from '../ci/test-jobs.ts';
import { checkout, setupSteps } from './setup-steps.ts';

const localhost = (): string => 'localhost';

/** The job that installs, builds and tests one service; its backing systems run beside it. */
export function testJob({ service, label, install, steps }: TestJob): readonly Line[] {
  const backings =
    service.test === undefined && steps.length === 0 ? [] : testBackings(service, localhost);
  const bundled = runtimeOf(service)?.family === 'ruby';
  const run = (name: string, command: string, folder: string): readonly Line[] => [
    `- name: ${name}`,
    [
      ...scriptLines('run', [command]),
      ...(folder === '.' ? [] : [entry('working-directory', folder)]),
    ],
  ];
  return [
    `test-${label}:`,
    [
      entry('name', `Test ${service.name}`),
      'runs-on: ubuntu-24.04',
      'timeout-minutes: 30',
      ...(backings.length === 0
        ? []
        : [
            '# Live as long as the job, and are reached from it alone.',
            'services:',
            backings.flatMap(serviceLines),
          ]),
      ...mappingLines('env', testEnv(service, localhost)),
      'steps:',
      [
        ...checkout,
        ...setupSteps(service),
        // ruby/setup-ruby installs the bundle where it keeps its cache.
        ...(install === null || bundled ? [] : run('Install', install, service.context)),
        ...steps.flatMap((step) => run(step.name, step.run, service.path)),
      ],
    ],
  ];
}

function serviceLines({ system, image, port, env, health }: TestBacking): readonly Line[] {
  return [
    `${system}:`,
    [
      entry('image', image),
      'ports:',
      [`- ${port}:${port}`],
      ...mappingLines('env', env),
      'options: >-',
      [
        `--health-cmd "${health}"`,
        '--health-interval 10s',
        '--health-timeout 5s',
        '--health-retries 12',
      ],
    ],
  ];
}
