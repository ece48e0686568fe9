import type { ScanResult, Service } from '#shared/scan.ts';
import { freePath } from '../free-path.ts';
import { namesOf } from '../names.ts';

/** Where the manifests of a service lie, relative to the project's root. */
export function manifestPath(project: ScanResult, service: Service): string {
  const file = `${namesOf(project, service).label}.yaml`;
  return freePath(project, `k8s/${file}`, `k8s-omega/${file}`);
}
