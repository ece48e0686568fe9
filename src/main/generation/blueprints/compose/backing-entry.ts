import type { BackingService } from '#shared/scan.ts';
import { knownImage } from '../../improve/known-images.ts';
import { backingSpecs } from './backing.ts';
import { unsentSpec } from './unsent.ts';

/** The service that runs a system; `isUnsent` where no service can be told its password. */
export function backingEntry(
  system: BackingService,
  names: ReadonlyMap<BackingService, string>,
  isUnsent: boolean,
): unknown {
  const spec = isUnsent ? unsentSpec(system) : backingSpecs[system];
  const name = names.get(system) ?? system;
  const environment = Object.fromEntries(
    Object.entries(spec.environment).map(([key, value]) => [key, value.replace('@host@', name)]),
  );
  return {
    image: spec.image,
    ...(spec.command ? { command: spec.command } : {}),
    ...(Object.keys(environment).length > 0 ? { environment } : {}),
    healthcheck: {
      test: spec.health,
      interval: '10s',
      timeout: '5s',
      retries: 10,
      start_period: spec.startPeriod,
    },
    ...(spec.data === null ? {} : { volumes: [`${name}-data:${spec.data}`] }),
    networks: ['backend'],
    restart: 'unless-stopped',
    security_opt: ['no-new-privileges:true'],
    ...rights(spec.image, spec.data !== null),
  };
}

/** What a known image is held to, as where an author's file is improved; nothing of others. */
function rights(image: string, hasVolume: boolean): object {
  const known = knownImage(image);
  if (known === null) return {};
  const { capabilities, writes, data } = known;
  const isReadOnly = writes !== null && (data === null || hasVolume);
  return {
    cap_drop: ['ALL'],
    ...(capabilities.length > 0 ? { cap_add: capabilities } : {}),
    ...(isReadOnly ? { read_only: true, ...(writes.length > 0 ? { tmpfs: writes } : {}) } : {}),
  };
}

/** What stands above the capabilities that an image is left with; null for images that nothing is known of. */
export function rightsNote(image: string): string | null {
  const system = knownImage(image)?.system;
  return system === undefined
    ? null
    : ` What the entry point of ${system} needs before it gives up root.`;
}
