import { describe, expect, it } from 'vitest';
import { brief, judge } from './expect-findings.ts';
import { deployment, hardened } from './manifests.ts';

const service = (spec: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n${spec.replace(/^/gm, '  ')}\n`;
const object = (apiVersion: string, kind: string, rest = ''): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: web\n${rest}`;

/** Manifests that the API server refuses. */
const broken: readonly (readonly [what: string, content: string, error: string])[] = [
  ['an empty file', '---\n# nothing\n', 'kubernetes/empty@1'],
  [
    'broken YAML in the second document',
    `${object('v1', 'Namespace')}---\nkind: [\n`,
    'kubernetes/yaml@7',
  ],
  ['no kind', 'apiVersion: v1\nmetadata: {name: a}\n', 'kubernetes/missing-field@1'],
  [
    'a duplicate key',
    deployment({ replicas: 'replicas: 1\n  replicas: 2' }),
    'kubernetes/duplicate-key@7',
  ],
  ['an unknown field', deployment({ replicas: 'replica: 1' }), 'kubernetes/unknown-field@6'],
  [
    'an unknown field of a container',
    deployment({ container: 'imagePullPolice: Always' }),
    'kubernetes/unknown-field@18',
  ],
  [
    'a field of the pod in the container',
    deployment({ container: 'restartPolicy: {}' }),
    'kubernetes/wrong-type@18',
  ],
  ['a text for a number', deployment({ replicas: 'replicas: "2"' }), 'kubernetes/wrong-type@6'],
  [
    'a number for a text',
    deployment({ container: 'env:\n- {name: A, value: 1}' }),
    'kubernetes/wrong-type@19',
  ],
  [
    'a word that Kubernetes takes for a switch',
    object('v1', 'ConfigMap', 'data:\n  COUNTRY: no\n'),
    'kubernetes/wrong-type@6',
  ],
  [
    'a missing field',
    object('apps/v1', 'Deployment', 'spec:\n  replicas: 1\n'),
    'kubernetes/missing-field@5',
  ],
  [
    'a value outside its choices',
    deployment({ container: 'imagePullPolicy: always' }),
    'kubernetes/invalid-value@18',
  ],
  [
    'a bad quantity',
    deployment({ container: 'resources:\n  limits: {memory: 128MB}' }),
    'kubernetes/wrong-type@19',
  ],
  [
    'a request over its limit',
    deployment({ container: 'resources:\n  requests: {cpu: 2}\n  limits: {cpu: 500m}' }),
    'kubernetes/request-over-limit@19',
  ],
  [
    'a bad name',
    object('v1', 'ConfigMap').replace('web', 'My_Config'),
    'kubernetes/invalid-name@4',
  ],
  [
    'a Service name with a digit first',
    service('ports: [{port: 80}]').replace('web', '1web'),
    'kubernetes/invalid-name@4',
  ],
  [
    'a bad label',
    object('v1', 'Namespace').replace('  name: web', '  name: web\n  labels: {a: "b c"}'),
    'kubernetes/invalid-label@5',
  ],
  [
    'a selector beside the labels',
    deployment({ selector: 'app: other' }),
    'kubernetes/selector-mismatch@9',
  ],
  [
    'a port over 65535',
    deployment({ container: 'ports:\n- containerPort: 70000' }),
    'kubernetes/invalid-port@19',
  ],
  [
    'a long port name',
    deployment({ container: 'ports:\n- {name: a-very-long-port-name, containerPort: 80}' }),
    'kubernetes/invalid-name@19',
  ],
  [
    'a probe of two ways',
    deployment({ container: 'livenessProbe:\n  tcpSocket: {port: 80}\n  exec: {command: [a]}' }),
    'kubernetes/probe-handler@18',
  ],
  [
    'a probe of no port',
    deployment({ container: 'livenessProbe:\n  httpGet: {path: /, port: http}' }),
    'kubernetes/undefined-port@19',
  ],
  [
    'a mount of no volume',
    deployment({ container: 'volumeMounts:\n- {name: tmp, mountPath: /tmp}' }),
    'kubernetes/undefined-volume@19',
  ],
  [
    'both value and valueFrom',
    deployment({
      container: 'env:\n- {name: A, value: b, valueFrom: {secretKeyRef: {name: a, key: b}}}',
    }),
    'kubernetes/env-value@19',
  ],
  [
    'a job that restarts',
    object(
      'batch/v1',
      'Job',
      'spec:\n  template:\n    spec:\n      containers: [{name: a, image: "a:1"}]\n',
    ),
    'kubernetes/restart-policy@7',
  ],
  [
    'a bad schedule',
    object('batch/v1', 'CronJob', 'spec:\n  schedule: "61 * * * *"\n'),
    'kubernetes/invalid-schedule@6',
  ],
  [
    'unnamed ports',
    service('ports:\n- {name: a, port: 80}\n- port: 81'),
    'kubernetes/unnamed-port@8',
  ],
  [
    'bounds the wrong way round',
    object(
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      'spec:\n  minReplicas: 5\n  maxReplicas: 2\n  scaleTargetRef: {kind: Deployment, name: web}\n',
    ),
    'kubernetes/replica-bounds@6',
  ],
  [
    'two budgets at once',
    object('policy/v1', 'PodDisruptionBudget', 'spec:\n  minAvailable: 1\n  maxUnavailable: 1\n'),
    'kubernetes/disruption-bounds@6',
  ],
  [
    'text in data of a Secret',
    object('v1', 'Secret', 'data:\n  key: plain text!\n'),
    'kubernetes/invalid-base64@6',
  ],
  [
    'the same object twice',
    `${object('v1', 'Namespace')}---\n${object('v1', 'Namespace')}`,
    'kubernetes/duplicate-resource@9',
  ],
  ['a removed apiVersion', object('extensions/v1beta1', 'Deployment'), 'kubernetes/removed-api@1'],
  ['a kind in the wrong group', object('v1', 'Deployment'), 'kubernetes/unknown-kind@2'],
  ['a misspelt kind', object('apps/v1', 'Deploymnet'), 'kubernetes/unknown-kind@2'],
  ['a misspelt apiVersion', object('app/v1', 'Deployment'), 'kubernetes/unknown-api@1'],
  [
    'an Ingress without pathType',
    object(
      'networking.k8s.io/v1',
      'Ingress',
      'spec:\n  rules:\n  - http:\n      paths:\n      - backend: {service: {name: a, port: {number: 80}}}\n',
    ),
    'kubernetes/missing-field@9',
  ],
  [
    'a path, a host and a backend that an Ingress cannot have',
    object(
      'networking.k8s.io/v1',
      'Ingress',
      'spec:\n  rules:\n  - host: a.example:80\n    http:\n      paths:\n      - {path: x, pathType: Prefix, backend: {service: {name: a, port: {}}}}\n',
    ),
    'kubernetes/invalid-host@7 kubernetes/invalid-path@10 kubernetes/backend@10',
  ],
  [
    'a range of addresses without its length',
    object(
      'networking.k8s.io/v1',
      'NetworkPolicy',
      'spec:\n  podSelector: {}\n  egress:\n  - to: [{ipBlock: {cidr: 10.0.0.0}}]\n',
    ),
    'kubernetes/ip-block@8',
  ],
  [
    'a claim of no size',
    object('v1', 'PersistentVolumeClaim', 'spec: {accessModes: [ReadWriteOnce]}\n'),
    'kubernetes/missing-field@5',
  ],
  [
    'a binding of no role and no account',
    object(
      'rbac.authorization.k8s.io/v1',
      'ClusterRoleBinding',
      'roleRef: {apiGroup: rbac/v1, kind: Role, name: a}\nsubjects:\n- {kind: ServiceAccount, name: a}\n- {kind: Serviceaccount, name: a}\n',
    ),
    'kubernetes/role-group@5 kubernetes/role-kind@5 kubernetes/missing-field@7 kubernetes/invalid-value@8',
  ],
  [
    'volumes of two kinds and of one name, and a path twice',
    `${object('v1', 'Pod')}spec:
  containers:
  - name: a
    image: a:1
    volumeMounts: [{name: v, mountPath: /x}, {name: v, mountPath: /x}]
  volumes:
  - {name: v, emptyDir: {}, configMap: {name: a}}
  - {name: v}
`,
    'kubernetes/duplicate-mount@9 kubernetes/volume-source@11 kubernetes/duplicate-volume@12',
  ],
  [
    'an operator of labels that there is not',
    object(
      'policy/v1',
      'PodDisruptionBudget',
      'spec:\n  selector:\n    matchExpressions: [{key: a, operator: Equals, values: [b]}]\n',
    ),
    'kubernetes/invalid-value@7',
  ],
  [
    'a fault within a List',
    `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: a}\n  dat: {}\n`,
    'kubernetes/unknown-field@7',
  ],
];

const weak: readonly (readonly [what: string, content: string, warning: string])[] = [
  [
    'privileged',
    deployment({ container: 'securityContext: {privileged: true}' }),
    'kubernetes/privileged@18',
  ],
  [
    'hostPath',
    deployment({ pod: 'volumes:\n- {name: a, hostPath: {path: /}}' }),
    'kubernetes/host-path@16',
  ],
  ['hostNetwork', deployment({ pod: 'hostNetwork: true' }), 'kubernetes/host-network@15'],
  ['root allowed', deployment({}), 'kubernetes/run-as-non-root@16'],
  ['escalation allowed', deployment({}), 'kubernetes/privilege-escalation@16'],
  ['no resources', deployment({}), 'kubernetes/no-resources@16'],
  ['latest', deployment({}).replace('nginx:1.29', 'nginx:latest'), 'kubernetes/unpinned-image@17'],
  [
    'a password in env',
    deployment({ container: 'env:\n- {name: DB_PASSWORD, value: hunter22}' }),
    'kubernetes/inline-secret@19',
  ],
  [
    'a literal Secret',
    object('v1', 'Secret', 'stringData:\n  key: hunter22\n'),
    'kubernetes/inline-secret@6',
  ],
  [
    'a Service that leads nowhere',
    `${deployment({})}---\n${service('selector: {app: other}\nports: [{port: 80}]')}`,
    'kubernetes/selector-matches-nothing@24',
  ],
];

describe('validateFile of Kubernetes manifests', () => {
  it.each(broken)('refuses %s', async (_, content, error) => {
    expect(brief(await judge('kubernetes', content), 'error')).toEqual(
      expect.arrayContaining(error.split(' ')),
    );
  });
  it.each(weak)('warns of %s', async (_, content, warning) => {
    const found = await judge('kubernetes', content);
    expect(brief(found, 'warning')).toContain(warning);
    expect(brief(found, 'error')).toEqual([]);
  });

  it('has nothing to say of a hardened set of all common kinds', async () => {
    expect(await judge('kubernetes', hardened)).toEqual([]);
  });

  it('says that it did not check what is not built in', async () => {
    const content = object('cert-manager.io/v1', 'Certificate', 'spec: {anything: goes}\n');
    expect(await judge('kubernetes', content)).toMatchObject([
      { rule: 'kubernetes/not-checked', severity: 'info', line: 2 },
    ]);
  });

  it('proposes the field that was meant', async () => {
    const found = await judge('kubernetes', deployment({ container: 'imagePulPolicy: Always' }));
    expect(found.find(({ rule }) => rule === 'kubernetes/unknown-field')?.message).toContain(
      'Did you mean "imagePullPolicy"?',
    );
  });

  it('finds the line of a field that a merge key brought', async () => {
    const content =
      'x: &x\n  nope: 1\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  <<: *x\n  name: a\n';
    expect(brief(await judge('kubernetes', content), 'error')).toContain(
      'kubernetes/unknown-field@2',
    );
  });
});
