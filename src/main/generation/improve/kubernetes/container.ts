import { list, type Mapping, mapping } from '../../validation/plain.ts';
import type { KnownImage } from '../known-images.ts';
import type { YamlChange } from '../yaml/changes.ts';
import type { YamlValue } from '../yaml/render.ts';
import type { ContainerFacts, Place } from './facts.ts';

/** Changes of a place with what they do; no change: what is left there, and why. */
export type Proposal = {
  readonly document: number;
  readonly path: readonly (string | number)[];
  readonly text: string;
  readonly changes: readonly YamlChange[];
};

/** A container with what is known of it: of its service, or of its published image. */
export type Known = {
  readonly place: Place;
  readonly pod: Mapping;
  readonly facts: ContainerFacts | null;
  readonly image: KnownImage | null;
};

/** Hardens one container as far as the facts allow. */
export function hardenContainer(known: Known): readonly Proposal[] {
  const own = mapping(known.place.container.securityContext);
  if (own.privileged === true) return [];
  return [...user(known, own), ...escalation(known, own), ...capabilities(known, own)];
}

/** Sets a key of a container. */
export function set(
  { document, path }: Place,
  keys: readonly string[],
  value: YamlValue,
  comment?: string,
): YamlChange {
  const full = [...path, ...keys];
  return { type: 'set', document, path: full, value, ...(comment ? { comment } : {}) };
}

function user({ place, pod, facts, image }: Known, own: Mapping): readonly Proposal[] {
  const context = mapping(pod.securityContext);
  if ((own.runAsNonRoot ?? context.runAsNonRoot) !== undefined) return [];
  const { document, path } = place;
  const set_ = own.runAsUser ?? context.runAsUser;
  const runsAs = facts?.runsAs ?? null;
  const uid = typeof set_ === 'number' ? set_ : (runsAs?.uid ?? null);
  if (uid === 0 || uid === null) {
    const why = image
      ? `the entry point of ${image.system} begins as root`
      : runsAs?.isOrdinary
        ? 'its Dockerfile names its user by a word, whose number nobody knows'
        : 'its image runs as root, or nobody knows as whom';
    return [
      {
        document,
        path,
        changes: [],
        text: `it may run as root, since ${why} (securityContext.runAsNonRoot)`,
      },
    ];
  }
  const changes = [
    set(place, ['securityContext', 'runAsNonRoot'], true),
    ...(set_ === undefined ? [set(place, ['securityContext', 'runAsUser'], uid)] : []),
  ];
  return [
    {
      document,
      path,
      changes,
      text: `it runs as user ${uid}, as its image does, and never as root.`,
    },
  ];
}

function escalation({ place, facts, image }: Known, own: Mapping): readonly Proposal[] {
  if (own.allowPrivilegeEscalation !== undefined) return [];
  const { document, path } = place;
  const isSafe = image !== null || (facts?.runsAs && !facts.runsAs.gainsRights);
  if (!isSafe)
    return [
      {
        document,
        path,
        changes: [],
        text: 'its processes may gain rights, since nothing is known of its image (allowPrivilegeEscalation: false)',
      },
    ];
  const change = set(place, ['securityContext', 'allowPrivilegeEscalation'], false);
  return [
    {
      document,
      path,
      changes: [change],
      text: 'no process gains rights that it was not started with.',
    },
  ];
}

function capabilities({ place, facts, image }: Known, own: Mapping): readonly Proposal[] {
  const { document, path } = place;
  const { drop, add } = mapping(own.capabilities);
  if (drop !== undefined || list(add).length > 0) return [];
  const isOrdinary = facts?.runsAs?.isOrdinary === true && !facts.runsAs.gainsRights;
  if (image === null && !isOrdinary) {
    return [
      {
        document,
        path,
        changes: [],
        text: 'it keeps the capabilities of its runtime, since it runs as root, or nobody knows as whom (capabilities.drop: ["ALL"])',
      },
    ];
  }
  const needed = image?.capabilities ?? [];
  const changes = [
    set(place, ['securityContext', 'capabilities', 'drop'], ['ALL']),
    ...(needed.length > 0 ? [set(place, ['securityContext', 'capabilities', 'add'], needed)] : []),
  ];
  const but = needed.length > 0 ? ` but those that ${image?.system} starts with` : '';
  return [{ document, path, changes, text: `every capability is dropped${but}.` }];
}
