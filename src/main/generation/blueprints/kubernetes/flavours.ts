import type { BackingService } from '#shared/scan.ts';
import type { Flavour } from '#shared/target.ts';

/** How pods get an identity of the cloud without a key: on a service account, and on the pod. */
export interface CloudIdentity {
  readonly annotations: Readonly<Record<string, string>>;
  readonly podLabels: Readonly<Record<string, string>>;
  /** What has to be there first. */
  readonly comment: string;
  /** Where a pod asks on its node for what it is to the cloud; network policies have to let it. */
  readonly asks: readonly { readonly cidr: string; readonly port: number }[];
}

/** What differs between clusters, beside the ingress. */
export interface FlavourFacts {
  /** What stands before the name of an image of the project; empty where none is pulled. */
  readonly registry: string;
  /** How the cluster gets the image. */
  readonly imageComment: string;
  /** Name of a secret that the cluster keeps for its registry; null where nodes may pull. */
  readonly pullSecret: string | null;
  /** Null leaves it to the cluster's default class. */
  readonly storageClass: string | null;
  /** What has to be there for that class; null where the cluster has it from the start. */
  readonly storageComment: string | null;
  readonly identity: CloudIdentity | null;
  /** Label that nodes carry with the name of their pool; null where nobody makes pools. */
  readonly poolLabel: string | null;
  /** Nodes in several zones, so that pods are spread over them. */
  readonly zones: boolean;
  /** Ports of systems that the cluster's cloud runs, where they are others than a system's own. */
  readonly managedPorts?: Partial<Readonly<Record<BackingService, number>>>;
}

/** The pool of nodes that services are for, where there is one of this name. */
export const servicePool = 'apps';

const push = 'Build the image, push it under this name to your registry, and keep the tag pinned.';
const load = (command: string): string =>
  `Build the image on this machine and give it to the cluster: ${command}`;

/** See {@link FlavourFacts}. The clouds' own documentation, as of November 2025, is the source. */
export const flavourFacts: Readonly<Record<Flavour, (image: string) => FlavourFacts>> = {
  standard: () => ({
    registry: 'registry.example.com/',
    imageComment: push,
    pullSecret: null,
    storageClass: null,
    storageComment: null,
    identity: null,
    poolLabel: null,
    zones: false,
  }),
  minikube: (image) => ({
    registry: '',
    imageComment: load(`minikube image load ${image}`),
    pullSecret: null,
    storageClass: 'standard',
    storageComment: null,
    identity: null,
    poolLabel: null,
    zones: false,
  }),
  kind: (image) => ({
    registry: '',
    imageComment: load(`kind load docker-image ${image}`),
    pullSecret: null,
    storageClass: 'standard',
    storageComment: null,
    identity: null,
    poolLabel: null,
    zones: false,
  }),
  gke: () => ({
    registry: 'europe-west1-docker.pkg.dev/change-me/',
    imageComment: `${push} Replace region and project of Artifact Registry.`,
    pullSecret: null,
    storageClass: 'standard-rwo',
    storageComment: null,
    identity: {
      annotations: {
        'iam.gke.io/gcp-service-account': 'change-me@change-me.iam.gserviceaccount.com',
      },
      podLabels: {},
      comment:
        'Workload Identity Federation: give this account roles/iam.workloadIdentityUser on the Google service account.',
      // The metadata server of the node, by Dataplane V2 and by Calico.
      asks: [
        { cidr: '169.254.169.254/32', port: 80 },
        { cidr: '169.254.169.252/32', port: 988 },
      ],
    },
    // Autopilot refuses pods that name a pool (autogke-node-affinity-selector-limitation).
    poolLabel: null,
    zones: true,
    managedPorts: { redis: 6378 },
  }),
  eks: () => ({
    registry: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/',
    imageComment: `${push} Replace account and region of ECR.`,
    pullSecret: null,
    storageClass: 'gp3',
    storageComment:
      'EKS makes no class of this name: add one with provisioner ebs.csi.aws.com and type gp3.',
    identity: {
      // The annotation of IRSA would win over Pod Identity, whose associations Terraform makes.
      annotations: {},
      podLabels: {},
      comment:
        'EKS Pod Identity gives this account an IAM role: terraform/aws does, or aws eks create-pod-identity-association.',
      // The agent of the node.
      asks: [{ cidr: '169.254.170.23/32', port: 80 }],
    },
    poolLabel: 'eks.amazonaws.com/nodegroup',
    zones: true,
    managedPorts: { rabbitmq: 5671, kafka: 9094 },
  }),
  aks: () => ({
    registry: 'changeme.azurecr.io/',
    imageComment: `${push} Replace the name of the Azure Container Registry and attach it to the cluster.`,
    pullSecret: null,
    storageClass: 'managed-csi',
    storageComment: null,
    identity: {
      annotations: { 'azure.workload.identity/client-id': '00000000-0000-0000-0000-000000000000' },
      podLabels: { 'azure.workload.identity/use': 'true' },
      comment:
        'Microsoft Entra Workload ID: set the client id of a managed identity that has a federated credential for this account.',
      asks: [],
    },
    poolLabel: 'kubernetes.azure.com/agentpool',
    zones: true,
    managedPorts: { redis: 10000, mongodb: 10255, kafka: 9093 },
  }),
  iks: () => ({
    registry: 'icr.io/change-me/',
    imageComment: `${push} Replace the namespace of IBM Cloud Container Registry.`,
    pullSecret: 'all-icr-io',
    storageClass: 'ibmc-vpc-block-10iops-tier',
    storageComment: null,
    identity: {
      annotations: {},
      podLabels: {},
      comment:
        'Make a trusted profile in IAM for this account and namespace; pods get its token without a key.',
      asks: [],
    },
    poolLabel: 'ibm-cloud.kubernetes.io/worker-pool-name',
    zones: true,
  }),
};
