import type { ScanResult, Service } from '#shared/scan.ts';
import { below, join } from './dockerfile/layout.ts';
import { dnsLabel } from './names.ts';

/** Languages whose image holds the project's folders as they are; of others it holds what the build left. */
const asItIs = new Set(['javascript', 'typescript', 'python', 'ruby', 'php']);

/** A folder that outlives its container. */
export interface DataFolder {
  /** Name of its volume: the same for all services that keep data in the same folder. */
  readonly volume: string;
  /** Its place in the image. */
  readonly path: string;
}

/** The folders of a service that need a volume, by the path in its image. */
export function dataFolders(service: Service): readonly DataFolder[] {
  return (service.dataFolders ?? []).flatMap((folder) => {
    const base = asItIs.has(service.language) ? service.context : service.path;
    const inside = below(base, folder);
    if (inside === null || inside === '' || !/^[\w./-]+$/.test(inside)) return [];
    const label = dnsLabel(folder, 'kept');
    const volume = /(?:^|-)data$/.test(label) ? label : `${label}-data`;
    return [{ volume, path: join('/app', inside) }];
  });
}

/** The services whose release command also has to run before this one: those of the same code. */
export function releaserOf(project: ScanResult, service: Service): Service | null {
  const same = project.services.filter(({ path }) => path === service.path);
  return same.find(({ release }) => release !== undefined) ?? null;
}
