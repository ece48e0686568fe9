import type { Cloud, Flavour, Target } from '#shared/target.ts';

/** The clouds that a pipeline logs in to without a key of its own. */
export type LoginCloud = Exclude<Cloud, 'ibm' | 'oracle'>;

/** How what was built comes to run. */
export type Deploy =
  /** `terraform apply` in the folder of the cloud. */
  | { readonly type: 'terraform'; readonly cloud: Cloud; readonly folder: string }
  /** The manifests of all services, applied to a cluster of a cloud. */
  | { readonly type: 'kubernetes'; readonly flavour: Flavour; readonly cloud: Cloud | null }
  /** A cluster on a developer's machine, which no pipeline reaches. */
  | { readonly type: 'none' };

const cloudOf: Readonly<Partial<Record<Flavour, Cloud>>> = {
  gke: 'gcp',
  eks: 'aws',
  aks: 'azure',
  iks: 'ibm',
};

/** What a pipeline does for a target: the cluster of a flavour, else the cloud's service for containers. */
export function deployOf({ flavour, cloud, compute }: Target): Deploy {
  const known = cloudOf[flavour];
  if (known) return { type: 'kubernetes', flavour, cloud: known };
  if (flavour === 'minikube' || flavour === 'kind') return { type: 'none' };
  if (compute === 'kubernetes') return { type: 'kubernetes', flavour, cloud };
  return { type: 'terraform', cloud, folder: `terraform/${cloud}` };
}
