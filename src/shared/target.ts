import { z } from 'zod';

/** Kinds of Kubernetes clusters, by what differs in their manifests. */
export const flavours = ['standard', 'minikube', 'kind', 'gke', 'eks', 'aks', 'iks'] as const;
/** One of {@link flavours}. */
export type Flavour = (typeof flavours)[number];

/** Clouds that Terraform is written for. */
export const clouds = ['aws', 'gcp', 'azure', 'ibm', 'oracle'] as const;
/** One of {@link clouds}. */
export type Cloud = (typeof clouds)[number];

/** What runs the services in a cloud: its service for containers, or a cluster. */
export const computes = ['containers', 'kubernetes'] as const;
/** One of {@link computes}. */
export type Compute = (typeof computes)[number];

/** Where the OpenTelemetry Collector runs: once for all services, or beside each. */
export const collectorModes = ['gateway', 'sidecar'] as const;
/** One of {@link collectorModes}. */
export type CollectorMode = (typeof collectorModes)[number];

/** What becomes of files that the project has already and Omega did not write. */
export const existingModes = ['improve', 'replace'] as const;
/** One of {@link existingModes}. */
export type ExistingMode = (typeof existingModes)[number];

/** Where the files of a run are to work; also the settings of the section `target`. */
export const targetSchema = z.object({
  flavour: z
    .enum(flavours)
    .default('standard')
    .describe('Kind of Kubernetes cluster that manifests, overlays and charts are written for.'),
  cloud: z.enum(clouds).default('aws').describe('Cloud that Terraform and deployments are for.'),
  compute: z
    .enum(computes)
    .default('containers')
    .describe('What runs the services in the cloud: its service for containers, or a cluster.'),
  collector: z
    .enum(collectorModes)
    .default('gateway')
    .describe('Whether one OpenTelemetry Collector serves all services, or one beside each.'),
  existing: z
    .enum(existingModes)
    .default('improve')
    .describe('Whether files that you have already get small changes, or are written anew.'),
});
/** See {@link targetSchema}. */
export type Target = z.infer<typeof targetSchema>;

/** The target where nothing is said. */
export const defaultTarget: Target = targetSchema.parse({});
