import { append, type Mutation, rewrite } from '../../labelled.ts';

/** A pod template with its labels, as a whole object at the end of the file; `pod` is its spec. */
function deployment(name: string, pod: string, spec = ''): Mutation {
  return append(
    name,
    `---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: omega-broken
spec:${spec}
  selector:
    matchLabels:
      app: omega-broken
  template:
    metadata:
      labels:
        app: omega-broken
    spec:
${pod}`,
  );
}

/** A container of such a pod, with more lines. */
const container = (lines: string): string => `      containers:
        - name: web
          image: nginx:1.27
${lines}`;

function object(name: string, text: string): Mutation {
  return append(name, `---\n${text}`);
}

/** What the API server refuses with strict fields, as `kubectl apply` and `kubeconform -strict` ask it. */
export const mutations: readonly Mutation[] = [
  rewrite('no apiVersion', /^apiVersion:.*\n/m, ''),
  rewrite('a misspelt kind', /^kind: *"?Deployment"?[ \t]*$/m, 'kind: Deploymnet'),
  rewrite('a kind in small letters', /^kind: *"?Service"?[ \t]*$/m, 'kind: service'),
  rewrite(
    'an API that is gone',
    /^apiVersion: *"?apps\/v1"?[ \t]*$/m,
    'apiVersion: extensions/v1beta1',
  ),
  rewrite('a version without its group', /^apiVersion: *"?apps\/v1"?[ \t]*$/m, 'apiVersion: v1'),
  rewrite('no name', /^(metadata:[ \t]*\n(?: {2}\w+:.*\n)*?) {2}name:.*\n/m, '$1'),
  rewrite(
    'a name with capitals and underscores',
    /^ {2}name: *["']?[\w.:-]+["']?[ \t]*$/m,
    '  name: My_Service',
  ),
  rewrite('a tab as indentation', /^ {2}(?=name:)/m, '\t'),
  rewrite('a key twice', /^( {2}name:.*)$/m, '$1\n$1'),
  rewrite('a quote that is not closed', /^( {2}name: *)["']?([\w.:-]+)["']?[ \t]*$/m, '$1"$2'),
  rewrite('a label that is a number', /^( {2,}labels:[ \t]*\n +[\w./-]+: *).*$/m, '$11.0'),
  rewrite('a label with a space', /^( {2,}labels:[ \t]*\n +[\w./-]+: *).*$/m, '$1my web app'),
  rewrite('labels as a list', /^( {2,})labels:[ \t]*\n( +)(?=\w)/m, '$1labels:\n$2- '),
  rewrite('a misspelt spec', /^spec:[ \t]*$/m, 'specs:'),
  rewrite('containers as a mapping', /^( +containers:[ \t]*\n +)- (?=\w)/m, '$1'),
  rewrite('a misspelt image', /^( +(?:- )?)image:(?=[ \t])/m, '$1imgae:'),
  rewrite('a port in quotes', /^( +(?:- )?containerPort: *)["']?(\d+)["']?[ \t]*$/m, '$1"$2"'),
  rewrite('a port that is too large', /^( +(?:- )?containerPort: *)\d+[ \t]*$/m, '$180800'),
  rewrite('a memory in MB', /^( +memory: *)["']?\d+[GM]i["']?[ \t]*$/m, '$1512MB'),
  rewrite('a misspelt readinessProbe', /^( +)readinessProbe:/m, '$1readynessProbe:'),
  rewrite('a protocol in small letters', /^( +(?:- )?protocol: *)(?:TCP|UDP)[ \t]*$/m, '$1tcp'),
  rewrite(
    'a mount of a volume that is not there',
    /^( +volumeMounts:[ \t]*\n(?: +mountPath:.*\n)? +-? *name: *)\S+/m,
    '$1omega-nothing',
  ),
  rewrite('replicas in words', /^( +replicas: *)\d+[ \t]*$/m, '$1two'),
  rewrite(
    'a type of service that is none',
    /^( +type: *)(?:ClusterIP|NodePort|LoadBalancer)[ \t]*$/m,
    '$1Loadbalancer',
  ),
  rewrite('a schedule of six fields', /^( +schedule: *).*$/m, '$1"0 */5 * * * *"'),
  rewrite('more at least than at most', /^( +maxReplicas: *)\d+[ \t]*$/m, '$10'),
  rewrite('a path of an ingress without its type', /^ +pathType:.*\n/m, ''),
  rewrite('a role without verbs', /^( +)verbs:.*\n(?:\1- .*\n|\1 +- .*\n)*/m, ''),
  rewrite('a binding to nothing', /^roleRef:[ \t]*\n(?: {2,}.*\n)+/m, ''),
  rewrite(
    'both bounds of disruption',
    /^( +)maxUnavailable: *1[ \t]*$/m,
    '$1maxUnavailable: 1\n$1minAvailable: 1',
  ),
  rewrite('a claim without its size', /^ +requests:[ \t]*\n +storage:.*\n/m, ''),
  rewrite(
    'an access mode that is none',
    /^( +- *)["']?ReadWrite(?:Once|Many)["']?[ \t]*$/m,
    '$1ReadWriteAlways',
  ),
  deployment('replicas by a word', container(''), '\n  revisionHistoryLimit: many'),
  deployment('a strategy that is none', container(''), '\n  strategy:\n    type: Rolling'),
  deployment(
    'a probe that asks in no way',
    container('          livenessProbe: {periodSeconds: 5}'),
  ),
  deployment(
    'a probe that asks in two ways',
    container('          livenessProbe: {httpGet: {port: 80}, tcpSocket: {port: 80}}'),
  ),
  deployment(
    'a liveness probe with two successes',
    container('          livenessProbe: {httpGet: {port: 80}, successThreshold: 2}'),
  ),
  deployment(
    'a request over its limit',
    container('          resources: {requests: {cpu: "2"}, limits: {cpu: 500m}}'),
  ),
  deployment(
    'an amount of processors by a word',
    container('          resources: {requests: {cpu: half}}'),
  ),
  deployment(
    'a variable that is a number',
    container('          env: [{name: PORT, value: 8080}]'),
  ),
  deployment(
    'a variable with a value twice',
    container(
      '          env: [{name: A, value: b, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]',
    ),
  ),
  deployment('variables as a mapping', container('          env: {PORT: "8080"}')),
  deployment(
    'a secret as a field',
    container('          env: [{name: A, valueFrom: {secretRef: {name: a, key: b}}}]'),
  ),
  deployment(
    'a name of a port that is too long',
    container('          ports: [{name: prometheus-metrics, containerPort: 9090}]'),
  ),
  deployment('a pull policy that is none', container('          imagePullPolicy: ifNotPresent')),
  deployment('a user by its name', container('          securityContext: {runAsUser: nginx}')),
  deployment('a flag in quotes', container('          securityContext: {runAsNonRoot: "true"}')),
  deployment(
    'capabilities as a text',
    container('          securityContext: {capabilities: {drop: ALL}}'),
  ),
  deployment('a container without its name', '      containers:\n        - image: nginx:1.27'),
  deployment('no containers', '      restartPolicy: Always'),
  deployment(
    'two containers of one name',
    `${container('')}\n        - name: web\n          image: redis:7`,
  ),
  deployment(
    'a container name with an underscore',
    '      containers: [{name: my_web, image: nginx}]',
  ),
  deployment('a restart policy of jobs', `      restartPolicy: OnFailure\n${container('')}`),
  deployment(
    'a volume of two kinds',
    `      volumes: [{name: a, emptyDir: {}, configMap: {name: b}}]\n${container('')}`,
  ),
  deployment(
    'two volumes of one name',
    `      volumes: [{name: a, emptyDir: {}}, {name: a, configMap: {name: b}}]\n${container('')}`,
  ),
  deployment(
    'a mount path twice',
    `      volumes: [{name: a, emptyDir: {}}]\n${container('          volumeMounts: [{name: a, mountPath: /x}, {name: a, mountPath: /x}]')}`,
  ),
  deployment(
    'a toleration that is none',
    `      tolerations: [{key: a, operator: Equals, value: b}]\n${container('')}`,
  ),
  object(
    'a selector that finds no pod',
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: omega}\nspec:\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: wbe}}\n    spec: {containers: [{name: web, image: nginx}]}',
  ),
  object(
    'a service without ports',
    'apiVersion: v1\nkind: Service\nmetadata: {name: omega}\nspec: {selector: {app: web}}',
  ),
  object(
    'ports without names',
    'apiVersion: v1\nkind: Service\nmetadata: {name: omega}\nspec: {ports: [{port: 80}, {port: 443}]}',
  ),
  object(
    'a service with a dot in its name',
    'apiVersion: v1\nkind: Service\nmetadata: {name: omega.web}\nspec: {ports: [{port: 80}]}',
  ),
  object(
    'a secret that is not encoded',
    'apiVersion: v1\nkind: Secret\nmetadata: {name: omega}\ndata: {password: not base64!}',
  ),
  object(
    'a setting that is a number',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: omega}\ndata: {PORT: 8080}',
  ),
  object(
    'a setting that is a mapping',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: omega}\ndata: {app: {port: "8080"}}',
  ),
  object(
    'a backend of an old ingress',
    'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: omega}\nspec: {rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {serviceName: web, servicePort: 80}}]}}]}',
  ),
  object(
    'a path that does not begin with a slash',
    'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: omega}\nspec: {rules: [{http: {paths: [{path: api, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}',
  ),
  object(
    'a host with its port',
    'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: omega}\nspec: {rules: [{host: "example.com:8080", http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}',
  ),
  object(
    'a policy without its pods',
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: omega}\nspec: {policyTypes: [Inbound], podSelector: {}}',
  ),
  object(
    'a network that is no CIDR',
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: omega}\nspec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0}}]}]}',
  ),
  object(
    'a job that restarts for ever',
    'apiVersion: batch/v1\nkind: Job\nmetadata: {name: omega}\nspec: {template: {spec: {containers: [{name: a, image: b}]}}}',
  ),
  object(
    'a namespace with an underscore',
    'apiVersion: v1\nkind: Namespace\nmetadata: {name: omega_x}',
  ),
  object(
    'an operator of a selector that is none',
    'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: omega}\nspec: {minAvailable: 1, selector: {matchExpressions: [{key: a, operator: Equals, values: [b]}]}}',
  ),
  object(
    'a role of another group',
    'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: omega}\nroleRef: {apiGroup: rbac.authorization.k8s.io/v1, kind: Role, name: a}\nsubjects: [{kind: ServiceAccount, name: a}]',
  ),
  object(
    'a subject that is none',
    'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: omega}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: a}\nsubjects: [{kind: Serviceaccount, name: a, namespace: b}]',
  ),
  object(
    'a service account without its namespace',
    'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: omega}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: a}\nsubjects: [{kind: ServiceAccount, name: a}]',
  ),
  object(
    'a metric without its target',
    'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: omega}\nspec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}, metrics: [{type: Resource, resource: {name: cpu}}]}',
  ),
];
