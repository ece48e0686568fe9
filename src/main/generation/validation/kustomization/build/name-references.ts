/** A field that names another object: of which kind, and of which group where that matters. */
export type NameReference = {
  readonly target: string;
  readonly targetGroup?: string;
  readonly kind: string;
  readonly path: readonly string[];
};

const podPaths: Readonly<Record<string, string>> = {
  Pod: 'spec',
  PodTemplate: 'template/spec',
  Deployment: 'spec/template/spec',
  ReplicaSet: 'spec/template/spec',
  ReplicationController: 'spec/template/spec',
  DaemonSet: 'spec/template/spec',
  StatefulSet: 'spec/template/spec',
  Job: 'spec/template/spec',
  CronJob: 'spec/jobTemplate/spec/template/spec',
};

const inContainers = (field: string): readonly string[] => [
  `containers/${field}`,
  `initContainers/${field}`,
];
const inPods: Readonly<Record<string, readonly string[]>> = {
  ConfigMap: [
    'volumes/configMap/name',
    'volumes/projected/sources/configMap/name',
    ...inContainers('env/valueFrom/configMapKeyRef/name'),
    ...inContainers('envFrom/configMapRef/name'),
  ],
  Secret: [
    'volumes/secret/secretName',
    'volumes/projected/sources/secret/name',
    'imagePullSecrets/name',
    ...inContainers('env/valueFrom/secretKeyRef/name'),
    ...inContainers('envFrom/secretRef/name'),
  ],
  ServiceAccount: ['serviceAccountName'],
  PersistentVolumeClaim: ['volumes/persistentVolumeClaim/claimName'],
  PriorityClass: ['priorityClassName'],
};

const others: readonly (readonly [target: string, kind: string, path: string])[] = [
  ...['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map(
    (target) => [target, 'HorizontalPodAutoscaler', 'spec/scaleTargetRef/name'] as const,
  ),
  ['ConfigMap', 'Node', 'spec/configSource/configMap'],
  ['ConfigMap', 'Role', 'rules/resourceNames'],
  ['ConfigMap', 'ClusterRole', 'rules/resourceNames'],
  ['Secret', 'Ingress', 'spec/tls/secretName'],
  ['Secret', 'ServiceAccount', 'imagePullSecrets/name'],
  ['Secret', 'StorageClass', 'parameters/secretName'],
  ['Secret', 'StorageClass', 'parameters/adminSecretName'],
  ['Secret', 'StorageClass', 'parameters/userSecretName'],
  ['Secret', 'StorageClass', 'parameters/secretRef'],
  ['Secret', 'Role', 'rules/resourceNames'],
  ['Secret', 'ClusterRole', 'rules/resourceNames'],
  ['Secret', 'PersistentVolume', 'spec/azureFile/secretName'],
  ['Service', 'StatefulSet', 'spec/serviceName'],
  ['Service', 'Ingress', 'spec/rules/http/paths/backend/serviceName'],
  ['Service', 'Ingress', 'spec/backend/serviceName'],
  ['Service', 'Ingress', 'spec/rules/http/paths/backend/service/name'],
  ['Service', 'Ingress', 'spec/defaultBackend/service/name'],
  ['Service', 'APIService', 'spec/service/name'],
  ['Service', 'ValidatingWebhookConfiguration', 'webhooks/clientConfig/service'],
  ['Service', 'MutatingWebhookConfiguration', 'webhooks/clientConfig/service'],
  ['Role', 'RoleBinding', 'roleRef/name'],
  ['ClusterRole', 'RoleBinding', 'roleRef/name'],
  ['ClusterRole', 'ClusterRoleBinding', 'roleRef/name'],
  ['ServiceAccount', 'RoleBinding', 'subjects'],
  ['ServiceAccount', 'ClusterRoleBinding', 'subjects'],
  ['PersistentVolume', 'PersistentVolumeClaim', 'spec/volumeName'],
  ['PersistentVolume', 'ClusterRole', 'rules/resourceNames'],
  ['StorageClass', 'PersistentVolume', 'spec/storageClassName'],
  ['StorageClass', 'PersistentVolumeClaim', 'spec/storageClassName'],
  ['StorageClass', 'StatefulSet', 'spec/volumeClaimTemplates/spec/storageClassName'],
  ['IngressClass', 'Ingress', 'spec/ingressClassName'],
  ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding', 'spec/policyName'],
];

/** Annotations of Ingress that name objects; their keys hold slashes. */
const annotations: readonly (readonly [target: string, key: string])[] = [
  ['ConfigMap', 'nginx.ingress.kubernetes.io/fastcgi-params-configmap'],
  ['Secret', 'ingress.kubernetes.io/auth-secret'],
  ['Secret', 'nginx.ingress.kubernetes.io/auth-secret'],
  ['Secret', 'nginx.ingress.kubernetes.io/auth-tls-secret'],
];

/** Groups of kinds whose names other groups have too. */
const groups: Readonly<Record<string, string>> = { Service: '', ConfigMap: '', Secret: '' };

/** Kustomize's default name references (api/internal/konfig/builtinpluginconsts), by the kind that refers. */
export const nameReferences: ReadonlyMap<string, readonly NameReference[]> = Map.groupBy(
  [
    ...Object.entries(inPods).flatMap(([target, fields]) =>
      Object.entries(podPaths).flatMap(([kind, base]) =>
        fields.map((field) => reference(target, kind, `${base}/${field}`.split('/'))),
      ),
    ),
    ...others.map(([target, kind, path]) => reference(target, kind, path.split('/'))),
    ...annotations.map(([target, key]) =>
      reference(target, 'Ingress', ['metadata', 'annotations', key]),
    ),
  ],
  ({ kind }) => kind,
);

function reference(target: string, kind: string, path: readonly string[]): NameReference {
  const targetGroup = groups[target];
  return { target, kind, path, ...(targetGroup === undefined ? {} : { targetGroup }) };
}
