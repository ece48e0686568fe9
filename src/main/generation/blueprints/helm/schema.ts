const text = { type: 'string' };
const flag = { type: 'boolean' };
const map = { type: 'object' };
const list = { type: 'array' };
const texts = { type: 'object', additionalProperties: text };
const words = { type: 'array', items: text };
const port = { type: 'integer', minimum: 1, maximum: 65535 };
const count = { type: 'integer', minimum: 0 };
const label = '^[a-z]([-a-z0-9]*[a-z0-9])?$';
const closed = (properties: object, required: readonly string[] = []): object => ({
  type: 'object',
  additionalProperties: false,
  properties,
  ...(required.length > 0 ? { required } : {}),
});

const settings = {
  workload: { enum: ['Deployment', 'Job'] },
  replicas: count,
  component: text,
  image: closed({
    registry: text,
    repository: { type: 'string', pattern: '^[a-z0-9]+([._/-]+[a-z0-9]+)*$' },
    tag: { type: 'string', pattern: '^(\\w[\\w.-]{0,127})?$' },
    digest: { type: 'string', pattern: '^(sha256:[a-f0-9]{64})?$' },
    pullPolicy: { enum: ['Always', 'IfNotPresent', 'Never'] },
  }),
  port,
  user: closed({ uid: { type: 'integer', minimum: 1 }, gid: count }, ['uid', 'gid']),
  releaseCommand: words,
  probes: closed({ startupProbe: map, readinessProbe: map, livenessProbe: map }),
  resources: closed({ requests: map, limits: map, claims: list }),
  writableFolders: {
    type: 'object',
    propertyNames: { pattern: label },
    additionalProperties: text,
  },
  writableSize: text,
  mounts: {
    type: 'object',
    propertyNames: { pattern: label },
    additionalProperties: closed({ claim: text, path: { type: 'string', pattern: '^/' } }, [
      'claim',
      'path',
    ]),
  },
  extraVolumes: list,
  extraVolumeMounts: list,
  config: {
    type: 'object',
    // Names of .NET's service discovery have dashes.
    propertyNames: { pattern: '^[A-Za-z_][A-Za-z0-9_-]*$' },
    additionalProperties: text,
  },
  secrets: closed(
    { existingSecret: { type: 'string', minLength: 1 }, required: words, optional: words },
    ['existingSecret'],
  ),
  terminationGracePeriodSeconds: count,
  podSecurityContext: map,
  securityContext: map,
  imagePullSecrets: { type: 'array', items: closed({ name: text }, ['name']) },
  serviceAccount: closed({ create: flag, annotations: texts }),
  podLabels: texts,
  podAnnotations: texts,
  nodeSelector: texts,
  tolerations: list,
  affinity: map,
  spreadOver: words,
  service: closed({
    type: { enum: ['ClusterIP', 'NodePort', 'LoadBalancer'] },
    port,
    annotations: texts,
  }),
  ingress: closed({
    enabled: flag,
    className: text,
    annotations: texts,
    host: text,
    path: { type: 'string', pattern: '^/' },
    pathType: { enum: ['Prefix', 'Exact', 'ImplementationSpecific'] },
    tlsSecret: text,
  }),
  networkPolicy: closed({ enabled: flag, ingress: list, dns: list, egress: list }),
  autoscaling: closed({
    enabled: flag,
    minReplicas: count,
    maxReplicas: { type: 'integer', minimum: 1 },
    metrics: list,
    behavior: map,
  }),
  disruptionBudget: closed({ maxUnavailable: { type: ['integer', 'string'] } }),
  extraObjects: { type: 'array', items: map },
};

/** `values.schema.json`: Helm refuses values that do not fit it before it renders anything. */
export function valuesSchema(): string {
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    additionalProperties: false,
    required: ['defaults', 'services'],
    properties: {
      global: map,
      defaults: { $ref: '#/definitions/settings' },
      persistence: {
        type: 'object',
        propertyNames: { pattern: label, maxLength: 63 },
        additionalProperties: closed(
          {
            size: { type: 'string', pattern: '^[0-9.]+([KMGTPE]i?)?$' },
            accessModes: words,
            storageClassName: text,
          },
          ['size', 'accessModes'],
        ),
      },
      services: {
        type: 'object',
        propertyNames: { pattern: label, maxLength: 63 },
        additionalProperties: {
          allOf: [{ $ref: '#/definitions/settings' }],
          required: ['component', 'image', 'user', 'resources'],
        },
      },
    },
    definitions: { settings: closed(settings) },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
