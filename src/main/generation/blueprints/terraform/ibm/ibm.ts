import { dataCall, dataModule } from '../data-module.ts';
import { output, type TerraformFile, text, type Variable } from '../file.ts';
import { hcl } from '../hcl/source.ts';
import { type Hcl, type HclValue, ref, template } from '../hcl/value.ts';
import { rootFiles } from '../root.ts';
import type { Stack, TerraformService } from '../stack.ts';
import { commonVariables } from '../variables.ts';
import { hasJobs, workloadsFile } from '../workloads.ts';
import { ibmFacts } from './facts.ts';
import { jobModule, platformModules, serviceModule } from './modules.ts';
import { withRandom } from './providers.ts';

const backend = hcl`# A bucket of Object Storage, made once, by hand, with versions; it is encrypted. Its keys are in
# AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Then:
#   terraform init -backend-config=bucket=NAME -backend-config=key=prod/terraform.tfstate -backend-config=region=eu-de \\
#     -backend-config='endpoints={s3="https://s3.eu-de.cloud-object-storage.appdomain.cloud"}'
terraform {
backend "s3" {
use_lockfile = true
use_path_style = true
skip_credentials_validation = true
skip_metadata_api_check = true
skip_region_validation = true
skip_requesting_account_id = true
skip_s3_checksum = true
}
}`;

const setup = hcl`# The key of whoever runs Terraform is in IC_API_KEY.
provider "ibm" {
region = var.region
}`;

/** All files for IBM Cloud: Code Engine. */
export function ibmFiles(stack: Stack): readonly TerraformFile[] {
  return [
    ...rootFiles(stack, {
      providers: withRandom,
      setup,
      backend,
      variables: [
        ...ownVariables(stack),
        ...commonVariables(stack, ibmFacts).filter(
          ({ name }) =>
            name !== 'log_retention_days' &&
            (name !== 'deletion_protection' || stack.managed.length > 0),
        ),
      ],
      example: { resource_group: 'change-me' },
      main: mainModules(stack),
      outputs: outputs(stack),
      managed: ibmFacts.managed,
    }),
    workloadsFile(stack, appSize, ibmFacts.managed),
    ...platformModules(),
    ...(listens(stack) ? serviceModule() : []),
    ...(runsJobs(stack) ? jobModule() : []),
    ...(stack.managed.length > 0
      ? dataModule(stack, ibmFacts, withRandom, null, [
          text('region', 'Region of the data.'),
          text('resource_group_id', 'Resource group.'),
        ])
      : []),
  ];
}

/** Code Engine's pairs of processor and memory. */
function appSize({ memory, livePath }: TerraformService): Readonly<Record<string, HclValue>> {
  const pair = (cpu: string, gigabytes: string) => ({ cpu, memory: `${gigabytes}G` });
  const size =
    memory <= 512 ? pair('0.25', '0.5') : memory <= 1024 ? pair('0.5', '1') : pair('1', '4');
  return { live_path: livePath, ...size };
}

const listens = ({ services }: Stack): boolean => services.some(({ port }) => port !== null);
const works = ({ services }: Stack): boolean =>
  services.some(({ service }) => service.kind === 'worker');
const runsJobs = (stack: Stack): boolean => hasJobs(stack) || works(stack);

function ownVariables({ services }: Stack): readonly Variable[] {
  const calls = services.some(({ env }) =>
    Object.values(env).some(({ source }) => source.includes('var.project_subdomain')),
  );
  return [
    {
      name: 'region',
      type: 'string',
      description: 'Region of everything.',
      default: 'eu-de',
      validation: ['can(regex("^[a-z]{2}-[a-z]+$", var.region))', 'Give a region such as eu-de.'],
    },
    {
      name: 'registry_host',
      type: 'string',
      description: 'Host of the registry: that of the region, over the private network.',
      default: 'private.de.icr.io',
    },
    {
      name: 'resource_group',
      type: 'string',
      description: 'Resource group that everything belongs to.',
    },
    ...(calls
      ? [
          {
            name: 'project_subdomain',
            type: 'string',
            description:
              'Subdomain of the Code Engine project, by which its apps call each other. Known once it is made (ibmcloud ce project get): set it, and apply again.',
            default: 'unknown',
          },
        ]
      : []),
  ];
}

function run(name: string, module: string, from: string, key: string, more: string): Hcl {
  return hcl`module "${ref(name)}" {
source = "./modules/${ref(module)}"
for_each = ${ref(from)}

project_id = module.platform.project_id
name = each.key
image = "\${var.registry_host}/\${module.registry.namespace}/\${each.value.image}:\${var.image_tag}"
registry_access = module.platform.registry_access
command = each.value.command
user = each.value.user
cpu = each.value.cpu
memory = each.value.memory
env = merge(each.value.env, lookup(var.env, ${ref(key)}, {}))
secrets = module.secrets[${ref(key)}].names
${ref(more)}
}`;
}

function mainModules(stack: Stack): readonly (Hcl | null)[] {
  const data = dataCall(stack, ibmFacts, {
    region: 'var.region',
    resource_group_id: 'data.ibm_resource_group.this.id',
  });
  return [
    base,
    data,
    listens(stack)
      ? run(
          'services',
          'service',
          '{ for name, one in local.services : name => one if one.port != null }',
          'each.key',
          'port = each.value.port\npublic = each.value.public\nhealth_path = each.value.health_path\nlive_path = each.value.live_path\nmin = each.value.min\nmax = each.value.max',
        )
      : null,
    works(stack)
      ? run(
          'workers',
          'job',
          '{ for name, one in local.services : name => one if one.port == null }',
          'each.key',
          'daemon = true',
        )
      : null,
    hasJobs(stack)
      ? run('jobs', 'job', 'local.jobs', 'each.value.workload', 'daemon = false')
      : null,
  ];
}

const base = hcl`locals {
name = "\${var.name}-\${var.environment}"
}

data "ibm_resource_group" "this" {
name = var.resource_group
}

# Make it first, then push the images: terraform apply -target=module.registry
module "registry" {
source = "./modules/registry"

name = local.name
region = var.region
resource_group_id = data.ibm_resource_group.this.id
}

module "platform" {
source = "./modules/platform"

name = local.name
resource_group_id = data.ibm_resource_group.this.id
registry_host = var.registry_host
pull_key = module.registry.pull_key
}

module "secrets" {
source = "./modules/secrets"
for_each = local.workloads

project_id = module.platform.project_id
name = each.key
secret_names = each.value.secrets
secret_values = lookup(local.secret_values, each.key, {})
own_secrets = setunion(each.value.own_secrets, lookup(var.optional_secrets, each.key, []))
}`;

function outputs(stack: Stack): readonly Hcl[] {
  return [
    output(
      'registry',
      'What stands before the names of images that are pushed.',
      template([ref('var.registry_host'), '/', ref('module.registry.namespace')]),
    ),
    ...(listens(stack)
      ? [
          output(
            'services',
            'Addresses of the services. A domain of your own is mapped by ibm_code_engine_domain_mapping.',
            ref('{ for name, one in module.services : name => one.endpoint }'),
          ),
        ]
      : []),
    ...(works(stack)
      ? [
          output(
            'workers',
            'Started by ibmcloud ce jobrun submit --job.',
            ref('{ for name, one in module.workers : name => one.name }'),
          ),
        ]
      : []),
    ...(hasJobs(stack)
      ? [
          output(
            'jobs',
            'For ibmcloud ce jobrun submit --job.',
            ref('{ for name, one in module.jobs : name => one.name }'),
          ),
        ]
      : []),
  ];
}
