import type { Cloud, CollectorMode, Compute, ExistingMode, Flavour } from '#shared/target.ts';

const flavours: Readonly<Record<Flavour, string>> = {
  standard: 'Standard',
  minikube: 'Minikube',
  kind: 'Kind',
  gke: 'GKE',
  eks: 'EKS',
  aks: 'AKS',
  iks: 'IKS',
};

const clouds: Readonly<Record<Cloud, string>> = {
  aws: 'AWS',
  gcp: 'Google Cloud',
  azure: 'Azure',
  ibm: 'IBM Cloud',
  oracle: 'Oracle Cloud',
};

const computes: Readonly<Record<Compute, string>> = {
  containers: 'Containers',
  kubernetes: 'Kubernetes',
};

const collectors: Readonly<Record<CollectorMode, string>> = {
  gateway: 'Gateway',
  sidecar: 'Sidecar',
};

const existing: Readonly<Record<ExistingMode, string>> = {
  improve: 'Improve',
  replace: 'Write anew',
};

/** How people call the values of the settings of the section `target`. */
export const targetNames: Readonly<Record<string, string>> = {
  ...flavours,
  ...clouds,
  ...computes,
  ...collectors,
  ...existing,
};
