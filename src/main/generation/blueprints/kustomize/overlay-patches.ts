import type { Manifest } from '../kubernetes/objects.ts';
import { type PatchOperation, patchBetween } from './object-patch.ts';

/** What an overlay changes in the base's objects: all of a kind, or (with a name) one of them. */
export type OverlayPatch = {
  readonly kind: string;
  readonly name: string | null;
  readonly operations: readonly PatchOperation[];
};

/** What an overlay adds to its base, and what it changes there. */
export type Overlay = {
  readonly added: readonly Manifest[];
  readonly patches: readonly OverlayPatch[];
};

/** The group, kind and name by which Kubernetes and Kustomize tell objects apart. */
export function identityOf({ object }: Manifest): string {
  const group = String(object.apiVersion).split('/').slice(0, -1).join('/');
  return `${group}\n${String(object.kind)}\n${nameOf(object)}`;
}

/**
 * What an overlay has to say so that `base` becomes `wanted`. Changes that all objects of a kind
 * share stand once; images are left out, since Kustomize has a field for them.
 */
export function overlayBetween(base: readonly Manifest[], wanted: readonly Manifest[]): Overlay {
  const there = new Map(base.map((manifest) => [identityOf(manifest), manifest.object]));
  const changes: { kind: string; name: string; operations: readonly PatchOperation[] }[] = [];
  for (const manifest of wanted) {
    const from = there.get(identityOf(manifest));
    if (from === undefined) continue;
    const { object } = manifest;
    const hosts = [...hostsOf(object), ...urlsOf(object)];
    const said = new Set(hosts.map(({ path }) => path));
    const operations = [
      ...hosts,
      ...patchBetween(from, object).filter(({ path }) => !isImage(path) && !said.has(path)),
    ];
    changes.push({ kind: String(object.kind), name: nameOf(object), operations });
  }
  const added = wanted.filter((manifest) => !there.has(identityOf(manifest)));
  const patches = [...Map.groupBy(changes, ({ kind }) => kind)].flatMap(([kind, ofKind]) => {
    const shared = sharedBy(ofKind.map(({ operations }) => operations));
    const keys = new Set(shared.map(keyOf));
    const own = ofKind.map(({ name, operations }) => ({
      kind,
      name,
      operations: operations.filter((operation) => !keys.has(keyOf(operation))),
    }));
    return [{ kind, name: null, operations: shared }, ...own];
  });
  return { added, patches: patches.filter(({ operations }) => operations.length > 0) };
}

/** Of one object all is its own: what a second one will share with it, nobody knows yet. */
function sharedBy(all: readonly (readonly PatchOperation[])[]): readonly PatchOperation[] {
  const [first = [], ...others] = all;
  if (others.length === 0) return [];
  const keys = others.map((operations) => new Set(operations.map(keyOf)));
  return first.filter(
    (operation) => !isHost(operation.path) && keys.every((held) => held.has(keyOf(operation))),
  );
}

/** Hosts belong to an environment and to one service each, so the overlay is where they are set. */
function hostsOf({ kind, spec }: Manifest['object']): readonly PatchOperation[] {
  if (kind !== 'Ingress') return [];
  const { rules, tls } = spec as {
    readonly rules: readonly { readonly host: string }[];
    readonly tls?: readonly { readonly hosts: readonly string[] }[];
  };
  const [value, secured] = [rules[0]?.host, tls?.[0]?.hosts[0]];
  return [
    { op: 'replace', path: '/spec/rules/0/host', value },
    ...(secured === undefined
      ? []
      : [{ op: 'replace' as const, path: '/spec/tls/0/hosts/0', value: secured }]),
  ];
}

/** Addresses in settings that hold such a host are set beside it. */
function urlsOf({ kind, data }: Manifest['object']): readonly PatchOperation[] {
  if (kind !== 'ConfigMap') return [];
  return Object.entries(data ?? {})
    .filter(([, value]) => /^https:\/\/[a-z0-9-]+\.example\.com(?:\/|$)/.test(String(value)))
    .map(([key, value]) => ({ op: 'replace', path: `/data/${key}`, value }));
}

const isHost = (path: string): boolean =>
  /^\/spec\/(?:rules\/0\/host|tls\/0\/hosts\/0)$/.test(path);
const keyOf = (operation: PatchOperation): string => JSON.stringify(operation);
const isImage = (path: string): boolean =>
  /\/(?:initContainers|containers)\/\d+\/image$/.test(path);

function nameOf(object: Manifest['object']): string {
  return String((object.metadata as { readonly name?: unknown }).name);
}
