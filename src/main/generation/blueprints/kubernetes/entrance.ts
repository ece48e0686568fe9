import type { Flavour } from '#shared/target.ts';
import type { Workload } from './context.ts';
import type { Manifest } from './objects.ts';

/** The way in from outside: what the cluster's own load balancer wants to be told. */
export interface Entrance {
  /** Null where the class is an annotation, or the cluster's default. */
  readonly className: string | null;
  readonly annotations: Readonly<Record<string, string>>;
  readonly serviceAnnotations: Readonly<Record<string, string>>;
  readonly host: string;
  /** Name of the secret of its certificate; null where the cloud keeps it, or there is none. */
  readonly tlsSecret: string | null;
  readonly comment: string;
  /** Objects that the cloud's controller reads beside the Ingress. */
  readonly more: readonly Manifest[];
}

/** A host of its own for each: two that share one are refused, or one hides the other. */
const hostOf = ({ name }: Pick<Workload, 'name'>): string => `${name}.example.com`;
const domain = 'example.com';

/** Where people reach a service, as the Ingress of the flavour has it. */
export function publicUrl(flavour: Flavour, name: string): string {
  if (flavour === 'minikube') return `http://${name}.test`;
  return flavour === 'kind' ? `http://${name}.localhost` : `https://${hostOf({ name })}`;
}

const plain = { annotations: {}, serviceAnnotations: {}, more: [] } as const;

/** The entrance of a service that listens, by flavour. */
export function entranceOf(workload: Workload): Entrance {
  return entrances[workload.flavour](workload);
}

const entrances: Readonly<Record<Flavour, (workload: Workload) => Entrance>> = {
  standard: ({ name }) => ({
    ...plain,
    className: null,
    host: hostOf({ name }),
    tlsSecret: `${name}-tls`,
    comment: `Replace ${domain} by your domain, and set ingressClassName where the cluster has no default class.`,
  }),
  minikube: ({ name }) => ({
    ...plain,
    className: 'nginx',
    host: `${name}.test`,
    tlsSecret: null,
    comment: `minikube addons enable ingress, then: echo "$(minikube ip) ${name}.test" | sudo tee -a /etc/hosts`,
  }),
  kind: ({ name }) => ({
    ...plain,
    className: 'nginx',
    host: `${name}.localhost`,
    tlsSecret: null,
    comment: `Needs ingress-nginx in a cluster that maps the ports 80 and 443 (extraPortMappings). Browsers find ${name}.localhost by themselves.`,
  }),
  gke,
  eks: (workload) => ({
    ...plain,
    className: 'alb',
    annotations: {
      'alb.ingress.kubernetes.io/scheme': 'internet-facing',
      'alb.ingress.kubernetes.io/target-type': 'ip',
      'alb.ingress.kubernetes.io/listen-ports': '[{"HTTP": 80}, {"HTTPS": 443}]',
      'alb.ingress.kubernetes.io/ssl-redirect': '443',
      'alb.ingress.kubernetes.io/group.name': workload.labels['app.kubernetes.io/part-of'] ?? '',
      // Where no path is known to be well, any answer shows that the service is there.
      ...(healthPath(workload) === null
        ? { 'alb.ingress.kubernetes.io/success-codes': '200-499' }
        : { 'alb.ingress.kubernetes.io/healthcheck-path': healthPath(workload) ?? '' }),
    },
    host: hostOf(workload),
    tlsSecret: null,
    comment: `Needs the AWS Load Balancer Controller. Replace ${domain} by your domain; a certificate for the host is found in ACM.`,
  }),
  aks: ({ name }) => ({
    ...plain,
    className: 'webapprouting.kubernetes.azure.com',
    host: hostOf({ name }),
    tlsSecret: `${name}-tls`,
    comment: `Needs the application routing add-on (az aks approuting enable). Replace ${domain} by your domain; the secret holds the certificate of the host.`,
  }),
  iks: ({ name }) => ({
    ...plain,
    className: 'public-iks-k8s-nginx',
    host: hostOf({ name }),
    tlsSecret: `${name}-tls`,
    comment: `Replace ${domain} by the cluster's Ingress subdomain (ibmcloud ks cluster get), and the secret by the one that it names.`,
  }),
};

/** Google's load balancer reads the class from an annotation, and certificates and checks from objects. */
function gke(workload: Workload): Entrance {
  const { name, labels } = workload;
  const object = (
    apiVersion: string,
    kind: string,
    spec: object,
    comment: string | null = null,
  ): Manifest => ({
    comment,
    object: { apiVersion, kind, metadata: { name, labels }, spec },
  });
  const path = healthPath(workload);
  const unknown = ' The load balancer wants 200: set requestPath to a path that answers so.';
  return {
    className: null,
    annotations: {
      'kubernetes.io/ingress.class': 'gce',
      'networking.gke.io/managed-certificates': name,
      'networking.gke.io/v1beta1.FrontendConfig': name,
    },
    serviceAnnotations: {
      'cloud.google.com/neg': '{"ingress": true}',
      'cloud.google.com/backend-config': `{"default": "${name}"}`,
    },
    host: hostOf(workload),
    tlsSecret: null,
    comment: `Replace ${domain} by your domain, here and in the ManagedCertificate. GKE reads the class from the annotation, not from ingressClassName.`,
    more: [
      object('networking.gke.io/v1', 'ManagedCertificate', { domains: [hostOf(workload)] }),
      object('networking.gke.io/v1beta1', 'FrontendConfig', {
        redirectToHttps: { enabled: true },
      }),
      object(
        'cloud.google.com/v1',
        'BackendConfig',
        {
          healthCheck: {
            type: 'HTTP',
            requestPath: path ?? '/',
            checkIntervalSec: 15,
            timeoutSec: 5,
          },
          connectionDraining: { drainingTimeoutSec: 30 },
        },
        path === null ? unknown : null,
      ),
    ],
  };
}

function healthPath({ service }: Workload): string | null {
  if (service.kind === 'static') return '/';
  return service.healthPath?.startsWith('/') ? service.healthPath : null;
}
