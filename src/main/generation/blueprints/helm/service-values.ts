import type { ScanResult, Service } from '#shared/scan.ts';
import type { Flavour } from '#shared/target.ts';
import { type Workload, workloadOf } from '../kubernetes/context.ts';
import { manifestsOf } from '../kubernetes/kubernetes.ts';
import { type Manifest, wayIn } from '../kubernetes/objects.ts';
import { autoscaler, disruptionBudget } from '../kubernetes/policies.ts';
import { namesOf } from '../names.ts';
import { type Plain, pick, plain, rows } from './plain-manifest.ts';

/** What the chart keeps of one service, and of the claims that it mounts. */
export type ServiceValues = {
  readonly workload: Workload;
  readonly settings: Plain;
  readonly claims: Readonly<Record<string, Plain>>;
};

/** The version of all images, in Chart.yaml. */
export const appVersion = '1.0.0';

/** Kinds that the chart has a template for; all others are kept as they are. */
const templated: ReadonlySet<string> = new Set([
  'Deployment',
  'Job',
  'ConfigMap',
  'Service',
  'ServiceAccount',
  'PersistentVolumeClaim',
  'HorizontalPodAutoscaler',
  'PodDisruptionBudget',
  'NetworkPolicy',
  'Ingress',
]);

/**
 * A service's settings, read out of its plain manifests, so that the chart renders to nothing else
 * than what the Kubernetes blueprint writes.
 */
export function serviceValues(
  project: ScanResult,
  service: Service,
  flavour: Flavour,
): ServiceValues {
  const workload = workloadOf(project, service, flavour);
  const manifests = manifestsOf(workload);
  const of = (kind: string): Plain =>
    plain(manifests.find((one) => one.object.kind === kind)?.object);
  const runner = manifests.find(
    ({ object }) => object.kind === 'Deployment' || object.kind === 'Job',
  );
  const claims = manifests.filter(({ object }) => object.kind === 'PersistentVolumeClaim');
  const settings = {
    workload: runner?.object.kind,
    component: service.kind,
    image: imageOf(project, service, workload),
    ...(workload.port === null ? {} : { port: workload.port }),
    ...podSettings(plain(pick(runner?.object, 'spec', 'template')), workload),
    ...filled('config', plain(of('ConfigMap').data)),
    ...secretsOf(workload),
    ...networkSettings(of, workload),
    ...scaling(of, runner, workload),
    ...identity(of('ServiceAccount')),
    ...extras(manifests),
  };
  return {
    workload,
    settings,
    claims: Object.fromEntries(
      claims.map(({ object }) => {
        const { accessModes, storageClassName, resources } = plain(object.spec);
        const size = pick(resources, 'requests', 'storage');
        const named = { size, accessModes, ...(storageClassName ? { storageClassName } : {}) };
        return [String(pick(object, 'metadata', 'name')), named];
      }),
    ),
  };
}

function imageOf(project: ScanResult, service: Service, { image }: Workload): Plain {
  const own = namesOf(project, service).image;
  const [repository = own, tag = ''] = own.split(':');
  const registry = image.slice(0, -own.length).replace(/\/$/, '');
  // One place to raise: the chart's appVersion.
  return { registry, repository, ...(tag === appVersion ? {} : { tag }) };
}

function podSettings(template: Plain, { name, labels }: Workload): Plain {
  const spec = plain(template.spec);
  const container = plain(rows(spec.containers)[0]);
  const init = plain(rows(spec.initContainers)[0]);
  const { runAsUser, runAsGroup, fsGroup: _, ...security } = plain(spec.securityContext);
  const volumes = rows(spec.volumes).map(plain);
  const pathOf = (volume: unknown): unknown =>
    rows(container.volumeMounts)
      .map(plain)
      .find((mount) => mount.name === volume)?.mountPath;
  const empty = volumes.filter(({ emptyDir }) => emptyDir !== undefined);
  const kept = volumes.filter(({ persistentVolumeClaim }) => persistentVolumeClaim !== undefined);
  const podLabels = Object.entries(plain(pick(template, 'metadata', 'labels'))).filter(
    ([key]) => !Object.hasOwn(labels, key),
  );
  const spread = rows(spec.topologySpreadConstraints).map((one) => plain(one).topologyKey);
  const probes = pickKeys(container, ['startupProbe', 'readinessProbe', 'livenessProbe']);
  return {
    user: { uid: runAsUser, gid: runAsGroup },
    ...(init.command ? { releaseCommand: init.command } : {}),
    ...filled('probes', probes),
    resources: container.resources,
    writableFolders: Object.fromEntries(empty.map((one) => [one.name, pathOf(one.name)])),
    writableSize: pick(empty[0], 'emptyDir', 'sizeLimit'),
    ...filled(
      'mounts',
      Object.fromEntries(
        kept.map((one) => [
          one.name,
          { claim: pick(one, 'persistentVolumeClaim', 'claimName'), path: pathOf(one.name) },
        ]),
      ),
    ),
    podSecurityContext: security,
    securityContext: container.securityContext,
    imagePullPolicy: container.imagePullPolicy,
    ...pickKeys(spec, [
      'terminationGracePeriodSeconds',
      'imagePullSecrets',
      'affinity',
      'nodeSelector',
      'tolerations',
    ]),
    ...(spread.length > 0 ? { spreadOver: spread } : {}),
    ...filled('podLabels', Object.fromEntries(podLabels)),
    ...(spec.serviceAccountName === name ? { serviceAccount: { create: true } } : {}),
  };
}

function secretsOf({ name, secrets }: Workload): Plain {
  if (secrets.length === 0) return {};
  const named = (required: boolean): readonly string[] =>
    secrets.filter((one) => one.required === required).map((one) => one.name);
  return {
    secrets: { existingSecret: `${name}-secrets`, required: named(true), optional: named(false) },
  };
}

function networkSettings(of: (kind: string) => Plain, workload: Workload): Plain {
  const policy = plain(of('NetworkPolicy').spec);
  const egress = rows(policy.egress);
  const isDns = (rule: unknown): boolean =>
    rows(plain(rule).ports).some((one) => plain(one).port === 53);
  const networkPolicy = {
    enabled: true,
    ingress: policy.ingress,
    dns: egress.filter(isDns),
    egress: egress.filter((rule) => !isDns(rule)),
  };
  if (workload.port === null) return { networkPolicy };
  const service = of('Service');
  // Where people do not come, the chart still knows how they would.
  const way = plain(wayIn(workload).object);
  const spec = plain(way.spec);
  const rule = plain(rows(spec.rules)[0]);
  const path = plain(rows(pick(rule, 'http', 'paths'))[0]);
  return {
    service: {
      type: pick(service, 'spec', 'type'),
      port: plain(rows(pick(service, 'spec', 'ports'))[0]).port,
      annotations: plain(pick(service, 'metadata', 'annotations')),
    },
    ingress: {
      enabled: workload.isPublic,
      className: spec.ingressClassName ?? '',
      annotations: plain(pick(way, 'metadata', 'annotations')),
      host: rule.host ?? '',
      path: path.path ?? '/',
      pathType: path.pathType ?? 'Prefix',
      tlsSecret: plain(rows(spec.tls)[0]).secretName ?? '',
    },
    networkPolicy,
  };
}

function scaling(
  of: (kind: string) => Plain,
  runner: Manifest | undefined,
  workload: Workload,
): Plain {
  if (runner?.object.kind !== 'Deployment') return {};
  const scales = of('HorizontalPodAutoscaler').kind !== undefined;
  // Where it is off, the chart still knows how it would scale.
  const spec = plain(autoscaler(workload).object.spec);
  const budget = plain(disruptionBudget(workload).object.spec);
  const replicas = pick(runner.object, 'spec', 'replicas');
  return {
    ...(replicas === undefined ? {} : { replicas }),
    autoscaling: {
      enabled: scales,
      ...pickKeys(spec, ['minReplicas', 'maxReplicas', 'metrics', 'behavior']),
    },
    disruptionBudget: { maxUnavailable: budget.maxUnavailable },
  };
}

function identity(account: Plain): Plain {
  if (account.kind !== 'ServiceAccount') return {};
  return {
    serviceAccount: { create: true, annotations: plain(pick(account, 'metadata', 'annotations')) },
  };
}

function extras(manifests: readonly Manifest[]): Plain {
  const others = manifests.filter(({ object }) => !templated.has(String(object.kind)));
  return others.length === 0 ? {} : { extraObjects: others.map(({ object }) => object) };
}

function filled(key: string, value: Plain): Plain {
  return Object.keys(value).length === 0 ? {} : { [key]: value };
}

function pickKeys(from: Plain, keys: readonly string[]): Plain {
  return Object.fromEntries(
    keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]),
  );
}
