import type { ObjectId } from './built.ts';

/** A field of some kinds; `create` is whether it is made where it lacks. */
export type FieldSpec = {
  readonly path: string;
  readonly create: boolean;
  /** Null for all. */
  readonly kinds: string | null;
  readonly group?: string;
};

const workloads = 'ReplicationController Deployment ReplicaSet DaemonSet StatefulSet';

const own = (field: string): readonly FieldSpec[] => [
  { path: `metadata/${field}`, create: true, kinds: null },
];
const templates = (field: string): readonly FieldSpec[] => [
  { path: `spec/template/metadata/${field}`, create: true, kinds: `${workloads} Job` },
  { path: `spec/jobTemplate/metadata/${field}`, create: true, kinds: 'CronJob' },
  { path: `spec/jobTemplate/spec/template/metadata/${field}`, create: true, kinds: 'CronJob' },
];

const pod = 'spec/template/spec';
const apart: readonly string[] = ['podAffinity', 'podAntiAffinity'].flatMap((kind) => [
  `${pod}/affinity/${kind}/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels`,
  `${pod}/affinity/${kind}/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels`,
]);
const spread = [...apart, `${pod}/topologySpreadConstraints/labelSelector/matchLabels`];

const selectors: readonly FieldSpec[] = [
  { path: 'spec/selector', create: true, kinds: 'Service', group: '' },
  { path: 'spec/selector', create: true, kinds: 'ReplicationController' },
  {
    path: 'spec/selector/matchLabels',
    create: true,
    kinds: 'Deployment ReplicaSet DaemonSet StatefulSet',
  },
  ...spread.map((path) => ({
    path,
    create: false,
    kinds: 'Deployment StatefulSet',
    group: 'apps',
  })),
  { path: 'spec/selector/matchLabels', create: false, kinds: 'Job', group: 'batch' },
  { path: 'spec/jobTemplate/spec/selector/matchLabels', create: false, kinds: 'CronJob' },
  { path: 'spec/selector/matchLabels', create: false, kinds: 'PodDisruptionBudget' },
  ...['podSelector', 'ingress/from/podSelector', 'egress/to/podSelector'].map((path) => ({
    path: `spec/${path}/matchLabels`,
    create: false,
    kinds: 'NetworkPolicy',
    group: 'networking.k8s.io',
  })),
];
const claimTemplates: readonly FieldSpec[] = [
  { path: 'spec/volumeClaimTemplates/metadata/labels', create: true, kinds: 'StatefulSet' },
];

/** Where Kustomize sets labels, annotations, and labels of selectors; its own defaults. */
export const fieldSpecs = {
  labels: own('labels'),
  templateLabels: templates('labels'),
  claimLabels: claimTemplates,
  selectorLabels: [...selectors, ...own('labels'), ...templates('labels'), ...claimTemplates],
  annotations: [...own('annotations'), ...templates('annotations')],
} as const;

/** Whether a field is one of an object's kind. */
export function isFieldOf({ kinds, group }: FieldSpec, id: ObjectId): boolean {
  if (group !== undefined && group !== id.group) return false;
  return kinds === null || kinds.split(' ').includes(id.kind);
}
