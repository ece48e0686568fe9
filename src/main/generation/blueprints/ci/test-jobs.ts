import type { ScanResult, Service } from '#shared/scan.ts';
import { isDeployable } from '../deployable.ts';
import { namesOf } from '../names.ts';

/** What a pipeline does to one service before its image is built. */
export type TestJob = {
  readonly service: Service;
  readonly label: string;
  /** Runs in the service's context. */
  readonly install: string | null;
  /** Run in the service's folder, in this order. */
  readonly steps: readonly { readonly name: string; readonly run: string }[];
};

const scripted = new Set(['javascript', 'typescript']);

/**
 * The jobs of a project's services: what is installed, built and tested, by the project's own
 * commands. Processes of the same code are tested once; what has neither tests nor a build that can
 * fail before that of its image has no job.
 */
export function testJobs(project: ScanResult): readonly TestJob[] {
  const seen = new Set<string>();
  return project.services.filter(isDeployable).flatMap((service): TestJob[] => {
    const steps = [
      ...(buildsFirst(service) ? [{ name: 'Build', run: service.build as string }] : []),
      ...(service.test === undefined ? [] : [{ name: 'Test', run: service.test }]),
    ];
    const key = `${service.path}\n${steps.map(({ run }) => run).join('\n')}`;
    if (steps.length === 0 || seen.has(key)) return [];
    seen.add(key);
    return [
      { service, label: namesOf(project, service).label, install: installOf(service), steps },
    ];
  });
}

/** Compilers build what they test; the image's build shows that the rest is complete. */
function buildsFirst({ language, build }: Service): boolean {
  return build !== null && scripted.has(language);
}

function installOf({ install, language }: Service): string | null {
  if (install === null) return null;
  // Maven and Gradle fetch what the test needs, and no more.
  if (
    /dependency:go-offline|\bdependencies\b/.test(install) &&
    /java|kotlin|scala/.test(language)
  ) {
    return null;
  }
  // Tests need what production leaves out.
  return install
    .replace(/^MIX_ENV=prod /, '')
    .replace(/ --only prod\b/, '')
    .replace(/ --no-dev\b/, '');
}
