import { dataFolders } from '../data-folders.ts';
import { releaseArgv } from '../release.ts';
import type { Workload } from './context.ts';
import { servicePool } from './flavours.ts';
import { livenessPath } from './liveness.ts';
import { resourcesOf, startupSeconds } from './resources.ts';

/** Folders that are writable although the root file system is not. */
function writableFolders(
  workload: Workload,
): readonly { readonly name: string; readonly path: string }[] {
  const { service, facts } = workload;
  const home = service.kind === 'static' ? '' : homeOf(workload);
  const own = facts.writable.map((path) => (path.startsWith('/') ? path : `${home}/${path}`));
  const nginx = service.kind === 'static' ? ['/var/cache/nginx'] : [];
  const kept = new Set(dataFolders(service).map(({ path }) => path));
  const all = new Set(['/tmp', ...nginx, ...own]);
  return [...all]
    .filter((path) => !kept.has(path))
    .map((path, at) => ({
      name: at === 0 ? 'tmp' : `writable-${at}`,
      path,
    }));
}

/** The working folder of the image: `/app`, and below it the service's place in its context. */
function homeOf({ service: { path, context } }: Workload): string {
  if (path === context) return '/app';
  return context === '.' ? `/app/${path}` : `/app/${path.slice(context.length + 1)}`;
}

/** HTTP where the source has a path for it, otherwise whether the port accepts connections. */
function probes(workload: Workload): object {
  const { service, port } = workload;
  if (port === null) return {};
  const path = service.kind === 'static' ? '/' : service.healthPath;
  const ask = (known: string | null): object =>
    known?.startsWith('/')
      ? { httpGet: { path: known, port: 'http' } }
      : { tcpSocket: { port: 'http' } };
  const check = ask(path);
  const alive = service.kind === 'static' ? check : ask(livenessPath(service));
  return {
    startupProbe: {
      ...check,
      periodSeconds: 3,
      failureThreshold: Math.ceil(startupSeconds(service) / 3),
    },
    readinessProbe: { ...check, periodSeconds: 10, timeoutSeconds: 3, failureThreshold: 3 },
    livenessProbe: { ...alive, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 3 },
  };
}

function environment(workload: Workload): object {
  const { name, config, secrets } = workload;
  const env = secrets.map(({ name: key, required }) => ({
    name: key,
    valueFrom: {
      secretKeyRef: { name: `${name}-secrets`, key, ...(required ? {} : { optional: true }) },
    },
  }));
  return {
    ...(Object.keys(config).length > 0
      ? { envFrom: [{ configMapRef: { name: `${name}-config` } }] }
      : {}),
    ...(env.length > 0 ? { env } : {}),
  };
}

/** The pod that a Deployment or a Job makes, hardened to the restricted Pod Security Standard. */
export function podTemplate(workload: Workload): object {
  const { service, facts, name, image, labels, selector, port, cluster } = workload;
  const folders = writableFolders(workload);
  const kept = dataFolders(service).map(({ volume, path }) => ({ name: volume, mountPath: path }));
  const own = {
    image,
    imagePullPolicy: 'IfNotPresent',
    ...environment(workload),
    resources: resourcesOf(service),
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [
      ...folders.map((folder) => ({ name: folder.name, mountPath: folder.path })),
      ...kept,
    ],
  };
  const release = releaseArgv(service);
  const isJob = service.kind === 'job';
  return {
    metadata: { labels: { ...labels, ...cluster.identity?.podLabels } },
    spec: {
      ...(cluster.identity === null ? {} : { serviceAccountName: name }),
      ...(cluster.pullSecret === null ? {} : { imagePullSecrets: [{ name: cluster.pullSecret }] }),
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      ...(isJob ? { restartPolicy: 'Never' } : { terminationGracePeriodSeconds: 30 }),
      securityContext: {
        runAsNonRoot: true,
        runAsUser: facts.uid,
        runAsGroup: facts.gid,
        fsGroup: facts.gid,
        seccompProfile: { type: 'RuntimeDefault' },
        ...(port !== null && port < 1024
          ? { sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] }
          : {}),
      },
      ...affinityOf(workload),
      ...(isJob ? {} : { topologySpreadConstraints: spreads(selector, cluster.zones) }),
      ...(release === null
        ? {}
        : { initContainers: [{ name: 'release', command: release, ...own }] }),
      containers: [
        {
          name,
          image,
          imagePullPolicy: own.imagePullPolicy,
          ...(port === null
            ? {}
            : { ports: [{ name: 'http', containerPort: port, protocol: 'TCP' }] }),
          ...environment(workload),
          ...probes(workload),
          resources: own.resources,
          securityContext: own.securityContext,
          volumeMounts: own.volumeMounts,
        },
      ],
      volumes: [
        ...folders.map((folder) => ({ name: folder.name, emptyDir: { sizeLimit: '256Mi' } })),
        ...kept.map((folder) => ({
          name: folder.name,
          persistentVolumeClaim: { claimName: claimName(workload, folder.name) },
        })),
      ],
    },
  };
}

/** The claim of a volume: one for all services of the project that keep data in the same folder. */
export function claimName({ labels }: Workload, volume: string): string {
  return `${labels['app.kubernetes.io/part-of']}-${volume}`;
}

function affinityOf({ cluster, sharers }: Workload): object {
  const affinity = {
    ...(cluster.poolLabel === null ? {} : prefersPool(cluster.poolLabel)),
    ...(sharers.length === 0 ? {} : besideSharers(sharers)),
  };
  return Object.keys(affinity).length === 0 ? {} : { affinity };
}

/** A volume that is read and written from one node has all of its pods there; the first of them fits itself. */
function besideSharers(sharers: readonly string[]): object {
  const labelSelector = {
    matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'In', values: sharers }],
  };
  return {
    podAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { labelSelector, topologyKey: 'kubernetes.io/hostname' },
      ],
    },
  };
}

/** A wish, not a demand: a cluster whose pools are called otherwise still runs it. */
function prefersPool(key: string): object {
  const matchExpressions = [{ key, operator: 'In', values: [servicePool] }];
  return {
    nodeAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 50, preference: { matchExpressions } },
      ],
    },
  };
}

function spreads(matchLabels: Readonly<Record<string, string>>, zones: boolean): readonly object[] {
  const over = (topologyKey: string) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels },
  });
  return [...(zones ? [over('topology.kubernetes.io/zone')] : []), over('kubernetes.io/hostname')];
}
