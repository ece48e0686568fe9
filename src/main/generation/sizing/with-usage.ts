import type { ScanResult } from '#shared/scan.ts';
import type { MeasuredUsage } from '#shared/usage.ts';
import { namesOf } from '../blueprints/names.ts';

/** The project with what was measured of its services, by the names that its manifests give them. */
export function withUsage(project: ScanResult, usage: MeasuredUsage | undefined): ScanResult {
  if (usage === undefined) return project;
  const services = project.services.map((service) => {
    const { label } = namesOf(project, service);
    const folder = service.path.split('/').at(-1) ?? '';
    const name = [label, service.name, folder].find((one) => Object.hasOwn(usage, one));
    const measured = name === undefined ? undefined : usage[name];
    return measured ? { ...service, measured } : service;
  });
  return { ...project, services };
}
