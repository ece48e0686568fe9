import { isJson } from './field-path.ts';

/** How the entries of a list are told apart when a patch is merged; see the Kubernetes API's `patchMergeKey`. */
const mergeKeys: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  volumes: ['name'],
  env: ['name'],
  imagePullSecrets: ['name'],
  secrets: ['name'],
  webhooks: ['name'],
  resourceClaims: ['name'],
  schedulingGates: ['name'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  hostAliases: ['ip'],
  topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
  conditions: ['type'],
  ownerReferences: ['uid'],
};

/**
 * The keys by which a list is merged, or null where a patch replaces it. `builtIn` is whether the
 * object is of Kubernetes itself: lists of own kinds are replaced. Ports go by what they have.
 */
export function mergeKeysOf(
  field: string,
  builtIn: boolean,
  entries: readonly unknown[],
): readonly string[] | null {
  if (!builtIn) return null;
  if (field === 'ports') {
    const key = ['containerPort', 'port'].find((one) =>
      entries.some((entry) => isJson(entry) && Object.hasOwn(entry, one)),
    );
    if (key === undefined) return null;
    const withProtocol = entries.every((entry) => isJson(entry) && entry.protocol !== undefined);
    return withProtocol ? [key, 'protocol'] : [key];
  }
  const keys = Object.hasOwn(mergeKeys, field) ? (mergeKeys[field] ?? null) : null;
  return (
    keys?.filter((key) => entries.every((one) => isJson(one) && Object.hasOwn(one, key))) ?? null
  );
}
