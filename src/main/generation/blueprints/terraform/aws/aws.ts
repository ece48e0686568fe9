import { clusterVariables } from '../cluster.ts';
import { dataCall, dataModule, standbyInput, standbyVariable } from '../data-module.ts';
import type { TerraformFile, Variable } from '../file.ts';
import { hcl } from '../hcl/source.ts';
import type { Hcl } from '../hcl/value.ts';
import { rootFiles } from '../root.ts';
import type { Stack } from '../stack.ts';
import { commonVariables } from '../variables.ts';
import { hasJobs, imagesOf, workloadsFile } from '../workloads.ts';
import { containerModules, fargateSize } from './containers.ts';
import { clusterModule } from './eks.ts';
import { awsFacts } from './facts.ts';
import { identityModule } from './identity.ts';
import { networkModule } from './network.ts';
import { outputs } from './outputs.ts';
import { platformModule } from './platform.ts';
import { withRandom } from './providers.ts';
import { registryModule } from './registry.ts';
import { jobModule, serviceModule } from './service.ts';
import { storageModule } from './storage.ts';

const backend = hcl`# The bucket is made once, by hand: with versions, encryption and no public access. Then:
#   terraform init -backend-config=bucket=NAME -backend-config=region=REGION -backend-config=key=prod/terraform.tfstate
terraform {
backend "s3" {
encrypt = true
use_lockfile = true
}
}`;

const setup = hcl`provider "aws" {
region = var.region

default_tags {
tags = {
Project = var.name
Environment = var.environment
ManagedBy = "terraform"
}
}
}`;

/** All files for AWS: ECS on Fargate, or EKS. */
export function awsFiles(stack: Stack): readonly TerraformFile[] {
  const containers = stack.compute === 'containers';
  const isPublic = containers && stack.services.some((one) => one.isPublic);
  const keeps = stack.services.some(({ volumes }) => Object.keys(volumes).length > 0);
  const hasData = stack.managed.length > 0;
  return [
    ...rootFiles(stack, {
      providers: withRandom,
      setup,
      backend,
      variables: [...ownVariables(stack, isPublic), ...commonVariables(stack, awsFacts)],
      example: {
        certificate_arn:
          'arn:aws:acm:eu-west-1:111122223333:certificate/00000000-0000-0000-0000-000000000000',
        admin_role_arns: ['arn:aws:iam::111122223333:role/change-me'],
      },
      main: [base(stack), data(stack), ...(containers ? containerModules(stack) : [cluster])],
      outputs: outputs(stack, isPublic),
      managed: awsFacts.managed,
    }),
    workloadsFile(stack, fargateSize, awsFacts.managed),
    ...networkModule(),
    ...registryModule(),
    ...identityModule(stack.compute),
    ...(hasData ? dataModule(stack, awsFacts, withRandom, null, dataInputs) : []),
    ...(containers
      ? [
          ...platformModule(isPublic),
          ...serviceModule(isPublic, keeps),
          ...(keeps ? storageModule() : []),
          ...(hasJobs(stack) ? jobModule(keeps) : []),
        ]
      : clusterModule()),
  ];
}

const dataInputs: readonly Variable[] = [
  { name: 'vpc_id', type: 'string', description: 'The network.' },
  { name: 'subnet_ids', type: 'list(string)', description: 'Private subnets.' },
  { name: 'client_security_group_id', type: 'string', description: 'Group that is let in.' },
  standbyInput,
];

function ownVariables(stack: Stack, isPublic: boolean): readonly Variable[] {
  return [
    {
      name: 'region',
      type: 'string',
      description: 'Region of everything.',
      default: 'eu-west-1',
      validation: [
        'can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))',
        'Give a region such as eu-west-1.',
      ],
    },
    {
      name: 'network_cidr',
      type: 'string',
      description: 'Addresses of the network, a /16 to /20 that no connected network uses.',
      default: '10.20.0.0/16',
      validation: ['can(cidrnetmask(var.network_cidr))', 'Give a network such as 10.20.0.0/16.'],
    },
    {
      name: 'zone_count',
      type: 'number',
      description: 'Availability zones to spread over.',
      default: 3,
      validation: ['var.zone_count >= 2 && var.zone_count <= 3', 'Use 2 or 3 zones.'],
    },
    {
      name: 'nat_gateways',
      type: 'number',
      description: 'NAT gateways: 1 is cheap, one for each zone outlives the loss of a zone.',
      default: 1,
      validation: [
        'var.nat_gateways >= 1 && var.nat_gateways <= 3',
        'Use 1 to 3, at most as many as zones.',
      ],
    },
    ...(isPublic
      ? [
          {
            name: 'certificate_arn',
            type: 'string',
            description: 'Certificate in ACM, of the same region, for the public hosts.',
            validation: [
              'startswith(var.certificate_arn, "arn:aws:acm:")',
              'Give the ARN of a certificate in ACM.',
            ] as const,
          },
        ]
      : []),
    ...(stack.compute === 'kubernetes'
      ? [
          ...clusterVariables('1.34', 'm7i.large', stack.namespace),
          {
            name: 'admin_role_arns',
            type: 'set(string)',
            description: 'IAM roles that administer the cluster.',
          },
        ]
      : []),
    ...standbyVariable(stack, awsFacts),
  ];
}

function base(stack: Stack): Hcl {
  const containers = stack.compute === 'containers';
  return hcl`locals {
name = "\${var.name}-\${var.environment}"
}

module "network" {
source = "./modules/network"

name = local.name
region = var.region
cidr = var.network_cidr
zone_count = var.zone_count
nat_gateways = var.nat_gateways
log_retention_days = var.log_retention_days
${
  containers
    ? null
    : hcl`
# The load balancer controller finds its subnets by these.
public_subnet_tags = { "kubernetes.io/role/elb" = "1" }
private_subnet_tags = { "kubernetes.io/role/internal-elb" = "1" }`
}
}

module "registry" {
source = "./modules/registry"

# By name, so that it can be made first: terraform apply -target=module.registry, then push the images.
repositories = ${imagesOf(stack)}
deletion_protection = var.deletion_protection
}`;
}

function data(stack: Stack): Hcl | null {
  const client = stack.compute === 'containers' ? 'platform' : 'cluster';
  return dataCall(stack, awsFacts, {
    vpc_id: 'module.network.vpc_id',
    subnet_ids: 'module.network.private_subnet_ids',
    client_security_group_id: `module.${client}.security_group_id`,
  });
}

const cluster = hcl`module "cluster" {
source = "./modules/cluster"

name = local.name
kubernetes_version = var.kubernetes_version
subnet_ids = module.network.private_subnet_ids
admin_networks = var.admin_networks
admin_role_arns = var.admin_role_arns
node_type = var.node_type
node_count = var.node_count
deletion_protection = var.deletion_protection
log_retention_days = var.log_retention_days
}

# The manifests, the overlay or the chart run the services; each gets its role by its service account.
module "identity" {
source = "./modules/identity"
for_each = local.workloads

prefix = local.name
name = each.key
cluster_name = module.cluster.name
namespace = var.namespace
service_account = each.value.service_account
secret_names = each.value.secrets
secret_values = lookup(local.secret_values, each.key, {})
own_secrets = setunion(each.value.own_secrets, lookup(var.optional_secrets, each.key, []))
deletion_protection = var.deletion_protection
}`;
