import { backingServices } from '#shared/scan.ts';

/** Images whose name is not the system's. */
const images: Readonly<Record<string, string>> = {
  postgis: 'postgres',
  timescaledb: 'postgres',
  pgvector: 'postgres',
  postgresql: 'postgres',
  mongo: 'mongodb',
  valkey: 'redis',
  keydb: 'redis',
  'azure-sql-edge': 'sqlserver',
  server: 'sqlserver',
  'cp-kafka': 'kafka',
  redpanda: 'kafka',
};

/** The system that an image runs, by its name; null for others. */
export function systemOf(image: string): string | null {
  const name = image.toLowerCase().replace(/@.*$/, '').split('/').at(-1)?.split(':')[0] ?? '';
  const system = Object.hasOwn(images, name) ? images[name] : name;
  return backingServices.find((one) => one === system) ?? null;
}

/** Whether an image is of a system that others publish, and so no service of a project. */
export function isOthersImage(image: string): boolean {
  return (
    systemOf(image) !== null ||
    /^(?:docker\.io\/)?(?:library\/)?(?:nginx|busybox|alpine|httpd)(?:[:@]|$)/.test(image)
  );
}

/** Registries that stand in files of ours until the user's is known. */
const placeholders = /^(?:[\w.-]+\/)?change-?me\//;

/**
 * What an image is called, without registry, tag and digest; null where that is filled in elsewhere
 * or is no name of an image. A registry that a variable holds is none of its name.
 */
export function imageOf(reference: string): string | null {
  const [named = ''] = reference.slice(0, 500).trim().split('@');
  const name = named
    .replace(/:[^/]*$/, '')
    .replace(/^\$\{?\w+[^/]*\//, '')
    .replace(/^(?:[\w-]+(?:\.[\w-]+)+(?::\d+)?|localhost(?::\d+)?|[\w-]+:\d+)\//, '')
    .replace(placeholders, '')
    .replace(/^library\//, '');
  return /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*){0,5}$/.test(name) &&
    name.length <= 200
    ? name
    : null;
}
