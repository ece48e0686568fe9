import { dataFolders } from '../data-folders.ts';
import { literalOf, type Workload } from './context.ts';
import { entranceOf } from './entrance.ts';
import { claimName, podTemplate } from './pod.ts';

/** One Kubernetes object, and a comment to stand above it. */
export interface Manifest {
  readonly comment: string | null;
  readonly object: Readonly<Record<string, unknown>>;
}

function manifest(
  workload: Workload,
  apiVersion: string,
  kind: string,
  body: Readonly<Record<string, unknown>>,
  options: { readonly suffix?: string; readonly comment?: string } = {},
): Manifest {
  const name = `${workload.name}${options.suffix ?? ''}`;
  return {
    comment: options.comment ?? null,
    object: { apiVersion, kind, metadata: { name, labels: workload.labels }, ...body },
  };
}

/** Non-secret variables, or null where the service reads none. */
export function configMap(workload: Workload): Manifest | null {
  const { config, defaults } = workload;
  if (Object.keys(config).length === 0) return null;
  const domain = Object.values(config).some((one) => one.includes('.example.com'))
    ? ', and example.com by your domain'
    : '';
  const left = defaults.length > 0 ? ` Left to the code's defaults: ${defaults.join(', ')}.` : '';
  return manifest(
    workload,
    'v1',
    'ConfigMap',
    { data: config },
    {
      suffix: '-config',
      comment: ` Settings that are no secrets; replace every change-me${domain}.${left}`,
    },
  );
}

/** How to make the Secret that the pod refers to; its values never stand in a file. */
function secretComment(workload: Workload): string | null {
  const { name, secrets } = workload;
  if (secrets.length === 0) return null;
  const literals = secrets.map((one) => `   ${literalOf(one)}`).join(' \\\n');
  return ` Secrets come from the cluster, not from this file. Create them once:\n kubectl create secret generic ${name}-secrets \\\n${literals}`;
}

/** What runs: a Job for one-off work, a Deployment for everything else. */
export function runner(workload: Workload): Manifest {
  const template = podTemplate(workload);
  const image = ` ${workload.cluster.imageComment}`;
  const port = workload.portAssumed
    ? '\n The scan could not tell the port: 8080 is assumed. Set the one that the service listens on.'
    : '';
  const comment = [image + port, secretComment(workload)]
    .filter((text) => text !== null)
    .join('\n');
  if (workload.service.kind === 'job') {
    return manifest(
      workload,
      'batch/v1',
      'Job',
      { spec: { backoffLimit: 3, ttlSecondsAfterFinished: 86_400, template } },
      { comment },
    );
  }
  const keeps = dataFolders(workload.service).length > 0;
  const spec = {
    // Two pods must not write the same files.
    ...(keeps ? { replicas: 1 } : {}),
    revisionHistoryLimit: 3,
    selector: { matchLabels: workload.selector },
    strategy: keeps
      ? { type: 'Recreate' }
      : { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    template,
  };
  return manifest(
    workload,
    'apps/v1',
    'Deployment',
    { spec },
    {
      comment: keeps
        ? `${comment}\n It keeps files in a volume, so one pod runs, and stops before the next one starts.`
        : `${comment}\n The number of replicas is left to the autoscaler below.`,
    },
  );
}

/** A claim for each folder that outlives the pod. */
export function claims(workload: Workload): readonly Manifest[] {
  const { storageClass, storageComment } = workload.cluster;
  return dataFolders(workload.service).map(({ volume }) => ({
    comment:
      storageClass === null
        ? ' Set its size, and storageClassName where the cluster has no default class.'
        : ` Set its size.${storageComment === null ? '' : ` ${storageComment}`}`,
    object: {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: claimName(workload, volume), labels: workload.labels },
      spec: {
        accessModes: ['ReadWriteOnce'],
        ...(storageClass === null ? {} : { storageClassName: storageClass }),
        resources: { requests: { storage: '1Gi' } },
      },
    },
  }));
}

/** The address of a service that listens, or null. */
export function networkService(workload: Workload): Manifest | null {
  if (workload.port === null) return null;
  const spec = {
    type: 'ClusterIP',
    selector: workload.selector,
    ports: [{ name: 'http', port: workload.answersOn, targetPort: 'http', protocol: 'TCP' }],
  };
  const own = manifest(workload, 'v1', 'Service', { spec });
  return workload.isPublic ? annotated(own, entranceOf(workload).serviceAnnotations) : own;
}

/** The way in from outside, for what people's browsers and clients call, and what its cloud reads beside it. */
export function ingress(workload: Workload): readonly Manifest[] {
  return workload.isPublic ? [wayIn(workload), ...entranceOf(workload).more] : [];
}

/** The Ingress that a service would have, whether or not people come to it. */
export function wayIn(workload: Workload): Manifest {
  const { className, annotations, host, tlsSecret, comment } = entranceOf(workload);
  const backend = { service: { name: workload.name, port: { name: 'http' } } };
  const spec = {
    ...(className === null ? {} : { ingressClassName: className }),
    ...(tlsSecret === null ? {} : { tls: [{ hosts: [host], secretName: tlsSecret }] }),
    rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }],
  };
  const options = { comment: ` ${comment}` };
  const own = manifest(workload, 'networking.k8s.io/v1', 'Ingress', { spec }, options);
  return annotated(own, annotations);
}

/** Who the pods are to the cloud, or null where no cloud asks. */
export function serviceAccount(workload: Workload): Manifest | null {
  const { identity } = workload.cluster;
  if (identity === null) return null;
  const body = { automountServiceAccountToken: false };
  const options = { comment: ` ${identity.comment}` };
  const own = manifest(workload, 'v1', 'ServiceAccount', body, options);
  return annotated(own, identity.annotations);
}

function annotated(own: Manifest, annotations: Readonly<Record<string, string>>): Manifest {
  if (Object.keys(annotations).length === 0) return own;
  const metadata = { ...(own.object.metadata as object), annotations };
  return { ...own, object: { ...own.object, metadata } };
}
