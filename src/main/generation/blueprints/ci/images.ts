import type { ScanResult, Service } from '#shared/scan.ts';
import { isDeployable } from '../deployable.ts';
import { stackOf } from '../dockerfile/stacks.ts';
import { dockerfilePath, namesOf } from '../names.ts';

/** An image that a pipeline builds: names and places as the Dockerfile and the manifests have them. */
export type ImageJob = {
  readonly label: string;
  /** `<project>/<label>`, without registry and tag. */
  readonly repository: string;
  readonly context: string;
  readonly dockerfile: string;
};

/** The images of a project's services that can be built: those of languages that have a blueprint, or an author's Dockerfile. */
export function imageJobs(project: ScanResult): readonly ImageJob[] {
  const authored = new Set(
    project.existing.filter(({ kind }) => kind === 'dockerfile').map(({ path }) => path),
  );
  return project.services.filter(isDeployable).flatMap((service) => {
    const dockerfile = dockerfilePath(project, service);
    if (!authored.has(dockerfile) && !hasStack(service)) return [];
    const { label, image } = namesOf(project, service);
    const repository = image.slice(0, image.lastIndexOf(':'));
    return [{ label, repository, context: service.context, dockerfile }];
  });
}

/** Whether there is a blueprint of a Dockerfile for the service; without one there is no file to build. */
function hasStack(service: Service): boolean {
  try {
    stackOf(service);
    return true;
  } catch {
    return false;
  }
}
