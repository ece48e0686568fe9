import { dataCall } from '../data-module.ts';
import { hcl } from '../hcl/source.ts';
import { type Hcl, type HclValue, ref } from '../hcl/value.ts';
import { hasHttp2 } from '../http2.ts';
import type { Stack, TerraformService } from '../stack.ts';
import { hasJobs } from '../workloads.ts';
import { azureFacts } from './facts.ts';
import { placeArguments } from './place.ts';

/** Container Apps has a processor for each 2 GiB, in quarters. */
export function appSize({
  memory,
  livePath,
}: TerraformService): Readonly<Record<string, HclValue>> {
  const quarters = Math.max(1, Math.ceil(memory / 512));
  return {
    live_path: livePath,
    cpu: quarters / 4,
    memory: `${quarters / 2}Gi`,
  };
}

function base(containers: boolean): Hcl {
  return hcl`locals {
name = "\${var.name}-\${var.environment}"

# Names of registries, vaults and databases are shared by all of Azure.
unique = substr(sha1("\${var.subscription_id}-\${local.name}"), 0, 6)
}

resource "azurerm_resource_group" "this" {
name = local.name
location = var.location
tags = { project = var.name, environment = var.environment, managed-by = "terraform" }
}

module "network" {
source = "./modules/network"

${ref(placeArguments)}
cidr = var.network_cidr
${containers ? ref('delegation = "Microsoft.App/environments"') : null}
}

# Make it first, then push the images: terraform apply -target=module.registry
module "registry" {
source = "./modules/registry"

${ref(placeArguments)}
unique = local.unique
}

module "vault" {
source = "./modules/vault"

${ref(placeArguments)}
unique = local.unique
deletion_protection = var.deletion_protection
}`;
}

function identity(containers: boolean): Hcl {
  return hcl`${containers ? null : ref('# The manifests, the overlay or the chart run the services; each acts as its own identity.')}
module "identity" {
source = "./modules/identity"
for_each = local.workloads

prefix = local.name
name = each.key
location = azurerm_resource_group.this.location
resource_group_name = azurerm_resource_group.this.name
key_vault_id = module.vault.id
secret_names = each.value.secrets
secret_values = lookup(local.secret_values, each.key, {})
own_secrets = setunion(each.value.own_secrets, lookup(var.optional_secrets, each.key, []))
${ref(containers ? 'registry_id = module.registry.id' : 'issuer = module.cluster.issuer\nnamespace = var.namespace\nservice_account = each.value.service_account')}
}`;
}

function run(
  name: string,
  module: string,
  from: string,
  key: string,
  keeps: boolean,
  more: string,
): Hcl {
  return hcl`module "${ref(name)}" {
source = "./modules/${ref(module)}"
for_each = ${ref(from)}

name = each.key
resource_group_name = azurerm_resource_group.this.name
environment_id = module.platform.environment_id
identity_id = module.identity[${ref(key)}].id
registry_host = module.registry.host
image = "\${module.registry.host}/\${each.value.image}:\${var.image_tag}"
command = each.value.command
cpu = each.value.cpu
memory = each.value.memory
env = merge(each.value.env, lookup(var.env, ${ref(key)}, {}))
secrets = module.identity[${ref(key)}].secrets
volumes = ${ref(keeps ? '{ for volume, path in each.value.volumes : module.platform.volumes[volume] => path }' : 'each.value.volumes')}
${ref(more)}
}`;
}

/** The modules that the root calls. */
export function mainModules(stack: Stack): readonly (Hcl | null)[] {
  const containers = stack.compute === 'containers';
  const keeps = stack.services.some(({ volumes }) => Object.keys(volumes).length > 0);
  const data = dataCall(stack, azureFacts, {
    location: 'azurerm_resource_group.this.location',
    resource_group_name: 'azurerm_resource_group.this.name',
    unique: 'local.unique',
    network_id: 'module.network.id',
    network_name: 'module.network.name',
    cidr: 'var.network_cidr',
    subnet_id: 'module.network.data_subnet_id',
  });
  if (!containers) return [base(false), data, cluster, identity(false)];
  return [
    base(true),
    data,
    identity(true),
    hcl`module "platform" {
source = "./modules/platform"

${ref(placeArguments)}
subnet_id = module.network.services_subnet_id
log_retention_days = var.log_retention_days
${keeps ? ref('unique = local.unique\nvolumes = toset(flatten([for one in local.workloads : keys(one.volumes)]))') : null}
}`,
    run(
      'services',
      'service',
      'local.services',
      'each.key',
      keeps,
      `port = each.value.port\npublic = each.value.public\nhealth_path = each.value.health_path\nlive_path = each.value.live_path\nmin = each.value.min\nmax = each.value.max${hasHttp2(stack) ? '\nhttp2 = each.value.http2' : ''}`,
    ),
    hasJobs(stack)
      ? run(
          'jobs',
          'job',
          'local.jobs',
          'each.value.workload',
          keeps,
          'location = azurerm_resource_group.this.location',
        )
      : null,
  ];
}

const cluster = hcl`module "cluster" {
source = "./modules/cluster"

${ref(placeArguments)}
kubernetes_version = var.kubernetes_version
subnet_id = module.network.services_subnet_id
registry_id = module.registry.id
admin_networks = var.admin_networks
admin_group_ids = var.admin_group_ids
node_type = var.node_type
node_count = var.node_count
log_retention_days = var.log_retention_days
}`;
