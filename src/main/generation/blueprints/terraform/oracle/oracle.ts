import { dataCall, dataModule, standbyInput, standbyVariable } from '../data-module.ts';
import { type TerraformFile, text, type Variable } from '../file.ts';
import { hcl } from '../hcl/source.ts';
import { type Hcl, type HclValue, ref } from '../hcl/value.ts';
import { rootFiles } from '../root.ts';
import type { Stack, TerraformService } from '../stack.ts';
import { commonVariables } from '../variables.ts';
import { hasJobs, imagesOf, workloadsFile } from '../workloads.ts';
import { balancerModules } from './balancer.ts';
import { oracleFacts } from './facts.ts';
import { baseModules, runModules } from './modules.ts';
import { networkModule } from './network.ts';
import { outputs } from './outputs.ts';
import { withRandom } from './providers.ts';

const backend = hcl`# The bucket is made once, by hand, with versions; Object Storage encrypts and locks the state. Then:
#   terraform init -backend-config=bucket=NAME -backend-config=namespace=NAMESPACE -backend-config=key=prod.tfstate
terraform {
backend "oci" {}
}`;

const setup = hcl`provider "oci" {
region = var.region
}`;

const isPublic = ({ services }: Stack): boolean => services.some((one) => one.isPublic);
const isInside = ({ services }: Stack): boolean =>
  services.some((one) => one.port !== null && !one.isPublic);

/** All files for Oracle Cloud: Container Instances. */
export function oracleFiles(stack: Stack): readonly TerraformFile[] {
  return [
    ...rootFiles(stack, {
      providers: withRandom,
      minimum: '1.12',
      setup,
      backend,
      variables: [
        ...ownVariables(stack),
        ...commonVariables(stack, oracleFacts).filter(({ name }) => name !== 'log_retention_days'),
      ],
      example: {
        tenancy_id: 'ocid1.tenancy.oc1..change-me',
        compartment_id: 'ocid1.compartment.oc1..change-me',
        certificate_id: 'ocid1.certificate.oc1.eu-frankfurt-1.change-me',
      },
      main: mainModules(stack),
      outputs: outputs(stack),
      managed: oracleFacts.managed,
    }),
    workloadsFile(stack, size, oracleFacts.managed),
    ...networkModule(),
    ...baseModules(),
    ...runModules(hasJobs(stack)),
    ...(isPublic(stack) || isInside(stack) ? balancerModules() : []),
    ...(stack.managed.length > 0
      ? dataModule(stack, oracleFacts, withRandom, null, [
          text('compartment_id', 'Compartment.'),
          text('subnet_id', 'Private subnet.'),
          text('data_group_id', 'Network security group of data.'),
          standbyInput,
        ])
      : []),
  ];
}

/** Container Instances start at one processor and 1 GB. */
function size({ memory, livePath }: TerraformService): Readonly<Record<string, HclValue>> {
  return { live_path: livePath, cpu: 1, memory: Math.max(1, Math.ceil(memory / 1024)) };
}

function ownVariables(stack: Stack): readonly Variable[] {
  const ocid = (name: string, kind: string, description: string): Variable => ({
    name,
    type: 'string',
    description,
    validation: [`startswith(var.${name}, "ocid1.${kind}.")`, `Give the OCID of a ${kind}.`],
  });
  return [
    {
      name: 'region',
      type: 'string',
      description: 'Region of everything.',
      default: 'eu-frankfurt-1',
      validation: [
        'can(regex("^[a-z]+-[a-z]+-[0-9]$", var.region))',
        'Give a region such as eu-frankfurt-1.',
      ],
    },
    ocid('tenancy_id', 'tenancy', 'Tenancy.'),
    ocid('compartment_id', 'compartment', 'Compartment that everything belongs to.'),
    {
      name: 'network_cidr',
      type: 'string',
      description: 'Addresses of the network, a /16 that no connected network uses.',
      default: '10.20.0.0/16',
      validation: ['can(cidrnetmask(var.network_cidr))', 'Give a network such as 10.20.0.0/16.'],
    },
    ...(isPublic(stack)
      ? [
          ocid(
            'certificate_id',
            'certificate',
            'Certificate of the public hosts, in the service Certificates.',
          ),
        ]
      : []),
    ...standbyVariable(stack, oracleFacts),
  ];
}

const compartment = 'compartment_id = var.compartment_id';

function base(stack: Stack): Hcl {
  return hcl`locals {
name = "\${var.name}-\${var.environment}"
}

module "network" {
source = "./modules/network"

name = local.name
${ref(compartment)}
cidr = var.network_cidr
}

# By name, so that it can be made first: terraform apply -target=module.registry, then push the images.
module "registry" {
source = "./modules/registry"

name = local.name
tenancy_id = var.tenancy_id
${ref(compartment)}
repositories = ${imagesOf(stack)}
}

module "vault" {
source = "./modules/vault"

name = local.name
${ref(compartment)}
}

module "secrets" {
source = "./modules/secrets"
for_each = local.workloads

${ref(compartment)}
prefix = local.name
name = each.key
vault_id = module.vault.id
key_id = module.vault.key_id
secret_names = each.value.secrets
secret_values = lookup(local.secret_values, each.key, {})
own_secrets = setunion(each.value.own_secrets, lookup(var.optional_secrets, each.key, []))
}`;
}

function balancer(name: string, isPrivate: boolean): Hcl {
  return hcl`module "${ref(name)}" {
source = "./modules/balancer"

name = "\${local.name}-${ref(name)}"
${ref(compartment)}
subnet_id = module.network.${ref(isPrivate ? 'private' : 'public')}_subnet_id
group_id = module.network.balancer_group_id
private = ${ref(String(isPrivate))}
deletion_protection = var.deletion_protection
}`;
}

function routes(name: string, isPrivate: boolean): Hcl {
  const filter = isPrivate ? 'one.port != null && !one.public' : 'one.public';
  return hcl`module "${ref(name)}_routes" {
source = "./modules/route"
for_each = { for name, one in local.services : name => one if ${ref(filter)} }

load_balancer_id = module.${ref(name)}.id
name = each.key
${isPrivate ? null : ref('host = each.value.host\ncertificate_id = var.certificate_id')}
port = each.value.port
health_path = each.value.health_path
replicas = each.value.min
addresses = module.services[each.key].addresses
}`;
}

function run(name: string, module: string, key: string, more: string): Hcl {
  return hcl`module "${ref(name)}" {
source = "./modules/${ref(module)}"
for_each = local.${ref(name)}

${ref(compartment)}
prefix = local.name
name = each.key
image = "ocir.\${var.region}.oci.oraclecloud.com/\${module.registry.namespace}/\${each.value.image}:\${var.image_tag}"
command = each.value.command
cpu = each.value.cpu
memory = each.value.memory
user = each.value.user
group = each.value.group
env = merge(each.value.env, lookup(var.env, ${ref(key)}, {}))
secrets = module.secrets[${ref(key)}].values
subnet_id = module.network.private_subnet_id
group_id = module.network.services_group_id
${ref(more)}
}`;
}

function mainModules(stack: Stack): readonly (Hcl | null)[] {
  return [
    base(stack),
    dataCall(stack, oracleFacts, {
      compartment_id: 'var.compartment_id',
      subnet_id: 'module.network.private_subnet_id',
      data_group_id: 'module.network.data_group_id',
    }),
    run(
      'services',
      'service',
      'each.key',
      'replicas = each.value.min\nport = each.value.port\nlive_path = each.value.live_path',
    ),
    hasJobs(stack) ? run('jobs', 'job', 'each.value.workload', '') : null,
    isPublic(stack) ? balancer('entrance', false) : null,
    isPublic(stack) ? routes('entrance', false) : null,
    isInside(stack) ? balancer('inside', true) : null,
    isInside(stack) ? routes('inside', true) : null,
  ];
}
