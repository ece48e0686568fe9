import { type Mapping, mapping } from '../../plain.ts';

/** A value of JSON that the build may change: every object is a copy of its own. */
export type Json = Record<string, unknown>;

/** What tells objects apart. An empty namespace is `default`. */
export type ObjectId = {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
};

/** An object on its way through the build. */
export type Built = {
  object: Json;
  /** The file that it came from, and the object there; a generated one is of its kustomization. */
  readonly path: string;
  readonly line: number;
  /** As it stands in its file; null for a generated one. */
  readonly original: Mapping | null;
  /** What it was called before each change, by which patches and references still find it. */
  readonly before: ObjectId[];
  readonly prefixes: string[];
  readonly suffixes: string[];
  /** Whether a hash of its content is added to its name at the end. */
  hashed: boolean;
};

/** What a build stops at. `at` lies in the kustomization that is built, named by `path`. */
export type BuildProblem = {
  readonly path: string;
  readonly at: readonly (string | number)[];
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
};

/** The present id of an object. */
export function idOf({ object }: Pick<Built, 'object'>): ObjectId {
  const metadata = mapping(object.metadata);
  const [version = '', group = ''] = text(object.apiVersion).split('/').reverse();
  return {
    group,
    version,
    kind: text(object.kind),
    name: text(metadata.name),
    namespace: text(metadata.namespace),
  };
}

/** All ids that an object is found by: the present one and those that it had. */
export function idsOf(built: Built): readonly ObjectId[] {
  return [idOf(built), ...built.before];
}

/** Remembers what an object is called, before that changes. */
export function remember(built: Built): void {
  built.before.push(idOf(built));
}

/** Whether two ids mean the same object. */
export function sameId(one: ObjectId, other: ObjectId): boolean {
  return (
    one.kind === other.kind &&
    one.name === other.name &&
    one.group === other.group &&
    one.version === other.version &&
    namespaceOf(one) === namespaceOf(other)
  );
}

/** The namespace that an object is in; none for those of the whole cluster. */
export function namespaceOf(id: ObjectId): string {
  if (isOfCluster(id)) return '';
  return id.namespace === '' ? 'default' : id.namespace;
}

const ofCluster = new Set(
  `APIService CSIDriver CSINode CertificateSigningRequest ClusterRole ClusterRoleBinding ClusterTrustBundle
  ComponentStatus CustomResourceDefinition DeviceClass FlowSchema IPAddress IngressClass MutatingAdmissionPolicy
  MutatingAdmissionPolicyBinding MutatingWebhookConfiguration Namespace Node PersistentVolume PodSecurityPolicy
  PriorityClass PriorityLevelConfiguration ResourceSlice RuntimeClass SelfSubjectAccessReview SelfSubjectReview
  SelfSubjectRulesReview ServiceCIDR StorageClass StorageVersionMigration SubjectAccessReview TokenReview
  ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration VolumeAttachment
  VolumeAttributesClass`.split(/\s+/),
);

/** Whether a kind is known to lie in no namespace; own kinds are taken to lie in one, as Kustomize does. */
export function isOfCluster({ kind, group }: Pick<ObjectId, 'kind' | 'group'>): boolean {
  return ofCluster.has(kind) && (group === '' || !group.includes('.') || group.endsWith('.k8s.io'));
}

/** An object as messages name it. */
export function nameIt({ kind, name }: Pick<ObjectId, 'kind' | 'name'>): string {
  return `${kind} "${name}"`;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
