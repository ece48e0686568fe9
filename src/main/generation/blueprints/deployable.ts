import type { Service } from '#shared/scan.ts';

/** Whether a service is something that runs by itself. */
export function isDeployable(service: Service): boolean {
  return service.kind !== 'cli' && service.kind !== 'library';
}
