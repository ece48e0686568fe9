import { quote } from '../report.ts';
import { closest, didYouMean } from '../suggest.ts';
import type { Resource } from './resource.ts';
import type { KubernetesSchema } from './schema.ts';

const guideUrl = 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/';

/** apiVersions that are gone: kinds (or `*`), the release that removed them, and what replaces them. */
const removed: readonly (readonly [
  apiVersion: string,
  kinds: string,
  release: string,
  instead: string,
])[] = [
  ['extensions/v1beta1', 'Deployment DaemonSet ReplicaSet', '1.16', 'apps/v1'],
  ['extensions/v1beta1', 'NetworkPolicy', '1.16', 'networking.k8s.io/v1'],
  ['extensions/v1beta1', 'Ingress', '1.22', 'networking.k8s.io/v1'],
  ['extensions/v1beta1', 'PodSecurityPolicy', '1.16', 'Pod Security Admission'],
  ['extensions/v1beta1', '*', '1.16', 'apps/v1'],
  ['apps/v1beta1', '*', '1.16', 'apps/v1'],
  ['apps/v1beta2', '*', '1.16', 'apps/v1'],
  ['networking.k8s.io/v1beta1', 'Ingress IngressClass', '1.22', 'networking.k8s.io/v1'],
  ['rbac.authorization.k8s.io/v1alpha1', '*', '1.22', 'rbac.authorization.k8s.io/v1'],
  ['rbac.authorization.k8s.io/v1beta1', '*', '1.22', 'rbac.authorization.k8s.io/v1'],
  ['apiextensions.k8s.io/v1beta1', '*', '1.22', 'apiextensions.k8s.io/v1'],
  ['apiregistration.k8s.io/v1beta1', '*', '1.22', 'apiregistration.k8s.io/v1'],
  [
    'admissionregistration.k8s.io/v1beta1',
    'MutatingWebhookConfiguration ValidatingWebhookConfiguration',
    '1.22',
    'admissionregistration.k8s.io/v1',
  ],
  ['authentication.k8s.io/v1beta1', 'TokenReview', '1.22', 'authentication.k8s.io/v1'],
  ['authorization.k8s.io/v1beta1', '*', '1.22', 'authorization.k8s.io/v1'],
  ['certificates.k8s.io/v1beta1', 'CertificateSigningRequest', '1.22', 'certificates.k8s.io/v1'],
  ['coordination.k8s.io/v1beta1', 'Lease', '1.22', 'coordination.k8s.io/v1'],
  ['scheduling.k8s.io/v1alpha1', 'PriorityClass', '1.22', 'scheduling.k8s.io/v1'],
  ['scheduling.k8s.io/v1beta1', 'PriorityClass', '1.22', 'scheduling.k8s.io/v1'],
  [
    'storage.k8s.io/v1beta1',
    'CSIDriver CSINode StorageClass VolumeAttachment',
    '1.22',
    'storage.k8s.io/v1',
  ],
  ['storage.k8s.io/v1beta1', 'CSIStorageCapacity', '1.27', 'storage.k8s.io/v1'],
  ['batch/v2alpha1', 'CronJob', '1.21', 'batch/v1'],
  ['batch/v1beta1', 'CronJob', '1.25', 'batch/v1'],
  ['discovery.k8s.io/v1beta1', 'EndpointSlice', '1.25', 'discovery.k8s.io/v1'],
  ['events.k8s.io/v1beta1', 'Event', '1.25', 'events.k8s.io/v1'],
  ['autoscaling/v2beta1', '*', '1.25', 'autoscaling/v2'],
  ['autoscaling/v2beta2', '*', '1.26', 'autoscaling/v2'],
  ['policy/v1beta1', 'PodDisruptionBudget', '1.25', 'policy/v1'],
  ['policy/v1beta1', 'PodSecurityPolicy', '1.25', 'Pod Security Admission'],
  ['node.k8s.io/v1beta1', 'RuntimeClass', '1.25', 'node.k8s.io/v1'],
  ['flowcontrol.apiserver.k8s.io/v1beta1', '*', '1.26', 'flowcontrol.apiserver.k8s.io/v1'],
  ['flowcontrol.apiserver.k8s.io/v1beta2', '*', '1.29', 'flowcontrol.apiserver.k8s.io/v1'],
  ['flowcontrol.apiserver.k8s.io/v1beta3', '*', '1.32', 'flowcontrol.apiserver.k8s.io/v1'],
];

/** The API version that took over from one that is gone, or null where it is not. */
export function currentApi(apiVersion: string, kind: string): string | null {
  const gone = removalOf(apiVersion, kind);
  return gone !== undefined && /^[a-z0-9./]+$/.test(gone[3]) ? gone[3] : null;
}

function removalOf(apiVersion: string, kind: string) {
  return removed.find(
    ([version, of]) => version === apiVersion && (of === '*' || of.split(' ').includes(kind)),
  );
}

/** Finds an object's definition, or says why there is none: removed, misspelt, or not built in. */
export function findDefinition(resource: Resource, schema: KubernetesSchema): string | null {
  const { apiVersion, kind, say } = resource;
  const kinds = Object.hasOwn(schema.kinds, apiVersion) ? schema.kinds[apiVersion] : undefined;
  if (kinds && Object.hasOwn(kinds, kind)) return kinds[kind] ?? null;
  const gone = removalOf(apiVersion, kind);
  if (gone) {
    const [, , release, instead] = gone;
    say(
      'removed-api',
      'error',
      ['apiVersion'],
      `${apiVersion} ${kind} is gone since Kubernetes ${release}. Use ${instead}.`,
      `${guideUrl}#v${release.replace('.', '-')}`,
    );
    return null;
  }
  if (kinds) {
    const hint = didYouMean(kind, Object.keys(kinds)) || home(kind, schema);
    say(
      'unknown-kind',
      'error',
      ['kind'],
      `${apiVersion} has no kind ${quote(kind)}.${hint}`,
      guideUrl,
    );
    return null;
  }
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
  const builtInGroup =
    Object.keys(schema.kinds).some((known) => known.startsWith(`${group}/`)) || group === '';
  if (builtInGroup && !/v\d+(?:alpha|beta)\d+$/.test(apiVersion)) {
    const near = closest(apiVersion, Object.keys(schema.kinds));
    const hint = home(kind, schema) || (near === null ? '' : ` Did you mean "${near}"?`);
    say(
      'unknown-api',
      'error',
      ['apiVersion'],
      `Kubernetes ${schema.kubernetes} has no apiVersion ${quote(apiVersion)}.${hint}`,
      guideUrl,
    );
    return null;
  }
  // A group without a dot can only be built in, so it is misspelt.
  const hint = group.includes('.') ? '' : home(kind, schema);
  if (hint !== '') {
    say(
      'unknown-api',
      'error',
      ['apiVersion'],
      `Kubernetes has no apiVersion ${quote(apiVersion)}.${hint}`,
      guideUrl,
    );
    return null;
  }
  say(
    'not-checked',
    'info',
    ['kind'],
    `${apiVersion} ${kind} is not built into Kubernetes ${schema.kubernetes}, so its fields were not checked.`,
    'https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/custom-resources/',
  );
  return null;
}

/** Where a kind really lives, as a hint. */
function home(kind: string, schema: KubernetesSchema): string {
  const found = Object.entries(schema.kinds).find(([, kinds]) => Object.hasOwn(kinds, kind));
  return found ? ` ${kind} is in ${found[0]}.` : '';
}
