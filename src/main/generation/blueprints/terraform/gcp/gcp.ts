import { clusterVariables } from '../cluster.ts';
import { dataModule, standbyInput, standbyVariable } from '../data-module.ts';
import { output, type TerraformFile, text, type Variable } from '../file.ts';
import { hcl } from '../hcl/source.ts';
import { type Hcl, ref } from '../hcl/value.ts';
import { hasHttp2 } from '../http2.ts';
import { rootFiles } from '../root.ts';
import type { Stack } from '../stack.ts';
import { commonVariables } from '../variables.ts';
import { configOutput, hasJobs, workloadsFile } from '../workloads.ts';
import { entranceModule } from './entrance.ts';
import { gcpFacts } from './facts.ts';
import { clusterModule } from './gke.ts';
import { identityModule } from './identity.ts';
import { cloudRunSize, mainModules } from './main.ts';
import { networkModule } from './network.ts';
import { withRandom } from './providers.ts';
import { registryModule } from './registry.ts';
import { jobModule, serviceModule, workerModule } from './service.ts';
import { storageModule } from './storage.ts';

const backend = hcl`# The bucket is made once, by hand: with versions, uniform access and no public access. It locks
# the state by itself. Then:
#   terraform init -backend-config=bucket=NAME -backend-config=prefix=prod
terraform {
backend "gcs" {}
}`;

const setup = hcl`provider "google" {
project = var.project
region = var.region

default_labels = {
project = var.name
environment = var.environment
managed-by = "terraform"
}
}`;

/** All files for Google Cloud: Cloud Run, or GKE. */
export function gcpFiles(stack: Stack): readonly TerraformFile[] {
  const containers = stack.compute === 'containers';
  const has = (test: (one: Stack['services'][number]) => boolean) => stack.services.some(test);
  const hasData = stack.managed.length > 0;
  return [
    ...rootFiles(stack, {
      providers: withRandom,
      setup,
      backend,
      variables: [
        ...ownVariables(stack),
        ...commonVariables(stack, gcpFacts).filter(({ name }) => name !== 'log_retention_days'),
      ],
      example: { project: 'change-me' },
      main: mainModules(stack, apisOf(stack)),
      outputs: outputs(stack),
      managed: gcpFacts.managed,
    }),
    workloadsFile(stack, cloudRunSize, gcpFacts.managed),
    ...networkModule(),
    ...registryModule(),
    ...identityModule(stack.compute),
    ...(hasData ? dataModule(stack, gcpFacts, withRandom, null, dataInputs) : []),
    ...(containers
      ? [
          ...(has(({ port }) => port !== null) ? serviceModule(hasHttp2(stack)) : []),
          ...(has(({ service }) => service.kind === 'worker') ? workerModule() : []),
          ...(hasJobs(stack) ? jobModule() : []),
          ...(has(({ volumes }) => Object.keys(volumes).length > 0) ? storageModule() : []),
          ...(has(({ isPublic }) => isPublic) ? entranceModule() : []),
        ]
      : clusterModule()),
  ];
}

const dataInputs: readonly Variable[] = [
  text('project', 'The project.'),
  text('region', 'Region of the data.'),
  text('network_id', 'The network.'),
  text('subnet_id', 'The subnet.'),
  standbyInput,
];

/** The APIs that have to be on. */
function apisOf({ compute, managed }: Stack): readonly string[] {
  const own: Readonly<Record<string, string>> = {
    postgres: 'sqladmin',
    mysql: 'sqladmin',
    sqlserver: 'sqladmin',
    redis: 'redis',
    memcached: 'memcache',
    kafka: 'managedkafka',
    minio: 'storage',
  };
  const names = new Set([
    'artifactregistry',
    'compute',
    'iam',
    'secretmanager',
    'servicenetworking',
    compute === 'containers' ? 'run' : 'container',
    ...managed.flatMap((system) => own[system] ?? []),
  ]);
  return [...names].sort().map((name) => `${name}.googleapis.com`);
}

function ownVariables(stack: Stack): readonly Variable[] {
  return [
    {
      name: 'project',
      type: 'string',
      description: 'Id of the project in Google Cloud.',
      validation: [
        'can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))',
        'Give the id of a project, not its name or number.',
      ],
    },
    {
      name: 'region',
      type: 'string',
      description: 'Region of everything.',
      default: 'europe-west1',
      validation: [
        'can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))',
        'Give a region such as europe-west1.',
      ],
    },
    {
      name: 'network_cidr',
      type: 'string',
      description: 'Addresses of the network, a /16 that no connected network uses.',
      default: '10.20.0.0/16',
      validation: ['can(cidrnetmask(var.network_cidr))', 'Give a network such as 10.20.0.0/16.'],
    },
    ...(stack.compute === 'kubernetes'
      ? clusterVariables('1.34', 'e2-standard-4', stack.namespace)
      : []),
    ...standbyVariable(stack, gcpFacts),
  ];
}

function outputs(stack: Stack): readonly Hcl[] {
  const names = (module: string): Hcl =>
    ref(`{ for name, one in module.${module} : name => one.name }`);
  const registry = output(
    'registry',
    'What stands before the names of images that are pushed.',
    ref('module.registry.url'),
  );
  if (stack.compute === 'kubernetes') {
    return [
      registry,
      configOutput,
      output(
        'cluster_name',
        'For gcloud container clusters get-credentials.',
        ref('module.cluster.name'),
      ),
      output(
        'service_accounts',
        'For iam.gke.io/gcp-service-account, by Kubernetes service account.',
        ref('{ for name, one in module.identity : name => one.email }'),
      ),
      output(
        'secrets',
        'Secrets of each service, for the add-on that brings them into the cluster.',
        ref('{ for name, one in module.identity : name => one.secrets }'),
      ),
    ];
  }
  return [
    registry,
    ...(stack.services.some(({ isPublic }) => isPublic)
      ? [
          output(
            'address',
            'Address that the records of the public hosts point to.',
            ref('module.entrance.address'),
          ),
        ]
      : []),
    ...(stack.services.some(({ port }) => port !== null)
      ? [output('services', 'Services by name.', names('services'))]
      : []),
    ...(hasJobs(stack)
      ? [output('jobs', 'For gcloud run jobs execute NAME --wait.', names('jobs'))]
      : []),
  ];
}
