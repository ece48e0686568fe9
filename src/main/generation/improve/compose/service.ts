import { isMap, isScalar } from 'yaml';
import type { Mapping } from '../../validation/plain.ts';
import { list, mapping } from '../../validation/plain.ts';
import type { RunsAs } from '../dockerfile/runs-as.ts';
import { type KnownImage, knownImage } from '../known-images.ts';
import type { YamlChange } from '../yaml/changes.ts';
import type { YamlValue } from '../yaml/render.ts';

/** A service of a Compose file with what is known of its image. */
export type ComposeEntry = {
  readonly name: string;
  readonly value: Mapping;
  readonly known: KnownImage | null;
  /** Whom its image runs as, where its Dockerfile could be read; null elsewhere. */
  readonly runsAs: RunsAs | null;
};

/** A change with what it does, in a sentence; or what is left (no change), and why. */
export type Proposed = {
  readonly path: readonly (string | number)[];
  readonly text: string;
  readonly changes: readonly YamlChange[];
};

/** Reads a service: `runsAs` tells of an image that is built here. */
export function readEntry(name: string, value: Mapping, runsAs: RunsAs | null): ComposeEntry {
  const image = typeof value.image === 'string' && value.build === undefined ? value.image : '';
  // Another entry point is another program.
  const known = value.entrypoint === undefined && image !== '' ? knownImage(image) : null;
  return { name, value, known, runsAs: isRootUser(value.user) ? null : runsAs };
}

function isRootUser(user: unknown): boolean {
  return /^(?:root|0)(?::|$)/.test(String(user ?? ''));
}

/** A change of one key of a service. */
export function setKey(
  { name }: ComposeEntry,
  path: readonly string[],
  value: YamlValue,
  comment?: string,
): YamlChange {
  const full = ['services', name, ...path];
  return { type: 'set', document: 0, path: full, value, ...(comment ? { comment } : {}) };
}

/** Whether the service is known to run as somebody else than root, and stays so. */
export function isOrdinary({ value, runsAs }: ComposeEntry): boolean {
  const user = /^(\d+)(?::|$)/.exec(String(value.user ?? ''))?.[1];
  if (user !== undefined) return Number(user) > 0 && runsAs?.gainsRights !== true;
  return runsAs?.isOrdinary === true && !runsAs.gainsRights;
}

/** Whether it has rights that it was given on purpose: then what else it needs is not ours to say. */
export function isPrivileged({ value }: ComposeEntry): boolean {
  return (
    value.privileged === true ||
    list(value.cap_add).length > 0 ||
    list(value.devices).length > 0 ||
    ['network_mode', 'pid', 'ipc'].some((key) => value[key] === 'host')
  );
}

/** Whether a service runs once and ends. */
export function runsOnce({ name, value }: ComposeEntry, all: Mapping): boolean {
  const waitedFor = Object.values(all).some(
    (other) =>
      mapping(mapping(mapping(other).depends_on)[name]).condition ===
      'service_completed_successfully',
  );
  return (
    waitedFor ||
    value.profiles !== undefined ||
    /(?:^|[-_])(?:migrat|init|seed|setup|test|job|cron|release)/i.test(name)
  );
}

/** Whether the service's own mapping stands in block style and is no alias: what is added is its alone. */
export function standsAlone(services: unknown, name: string): boolean {
  if (!isMap(services)) return false;
  const pair = services.items.find(({ key }) => isScalar(key) && String(key.value) === name);
  return isMap(pair?.value) && !pair.value.anchor;
}
