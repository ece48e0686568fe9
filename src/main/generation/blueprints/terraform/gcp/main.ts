import { dataCall } from '../data-module.ts';
import { hcl } from '../hcl/source.ts';
import { type Hcl, type HclValue, ref, value } from '../hcl/value.ts';
import { hasHttp2 } from '../http2.ts';
import type { Stack, TerraformService } from '../stack.ts';
import { hasJobs } from '../workloads.ts';
import { gcpFacts } from './facts.ts';

/** Cloud Run gives a whole processor to an instance; memory starts at 512 MiB. */
export function cloudRunSize({
  memory,
  livePath,
}: TerraformService): Readonly<Record<string, HclValue>> {
  return {
    live_path: livePath,
    cpu: '1',
    memory: `${Math.max(512, memory)}Mi`,
  };
}

function base(stack: Stack, apis: readonly string[]): Hcl {
  return hcl`locals {
name = "\${var.name}-\${var.environment}"

apis = ${value(apis)}
}

${
  asksNumber(stack)
    ? ref('# Its number is part of the addresses of services.\ndata "google_project" "this" {}')
    : null
}

resource "google_project_service" "this" {
for_each = toset(local.apis)

service = each.key
disable_on_destroy = false
}

module "network" {
source = "./modules/network"

name = local.name
region = var.region
cidr = var.network_cidr
${stack.compute === 'kubernetes' ? ref('pod_ranges = { pods = cidrsubnet(var.network_cidr, 2, 1), services = cidrsubnet(var.network_cidr, 4, 8) }') : null}

depends_on = [google_project_service.this]
}

# Make it first, then push the images: terraform apply -target=module.registry
module "registry" {
source = "./modules/registry"

name = local.name
region = var.region

depends_on = [google_project_service.this]
}`;
}

function asksNumber({ services }: Stack): boolean {
  return services.some(({ env }) =>
    Object.values(env).some(({ source }) => source.includes('data.google_project')),
  );
}

function data(stack: Stack): Hcl | null {
  return dataCall(stack, gcpFacts, {
    project: 'var.project',
    region: 'var.region',
    network_id: 'module.network.network_id',
    subnet_id: 'module.network.subnet_id',
  });
}

function identity({ compute }: Stack): Hcl {
  return hcl`${compute === 'kubernetes' ? ref('# The manifests, the overlay or the chart run the services; each acts as its own account.') : null}
module "identity" {
source = "./modules/identity"
for_each = local.workloads

prefix = local.name
name = each.key
region = var.region
secret_names = each.value.secrets
secret_values = lookup(local.secret_values, each.key, {})
own_secrets = setunion(each.value.own_secrets, lookup(var.optional_secrets, each.key, []))
deletion_protection = var.deletion_protection
${compute === 'kubernetes' ? ref('workload_pool = module.cluster.workload_pool\nnamespace = var.namespace\nservice_account = each.value.service_account') : null}

depends_on = [google_project_service.this]
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

name = "\${local.name}-\${each.key}"
region = var.region
image = "\${module.registry.url}/\${each.value.image}:\${var.image_tag}"
command = each.value.command
cpu = each.value.cpu
memory = each.value.memory
env = merge(each.value.env, lookup(var.env, ${ref(key)}, {}))
secrets = module.identity[${ref(key)}].secrets
service_account = module.identity[${ref(key)}].email
volumes = each.value.volumes
buckets = ${ref(keeps ? 'module.volumes.buckets' : '{}')}
network_id = module.network.network_id
subnet_id = module.network.subnet_id
deletion_protection = var.deletion_protection
${ref(more)}
}`;
}

const storage = hcl`module "volumes" {
source = "./modules/volumes"

project = var.project
name = local.name
region = var.region
volumes = merge([for name, one in local.workloads : { for volume, path in one.volumes : volume => module.identity[name].email }]...)
deletion_protection = var.deletion_protection
}`;

const entrance = hcl`module "entrance" {
source = "./modules/entrance"

name = local.name
region = var.region
hosts = { for name, one in local.services : module.services[name].name => one.host if one.public }
}`;

const cluster = hcl`module "cluster" {
source = "./modules/cluster"

project = var.project
name = local.name
region = var.region
repository = module.registry.name
kubernetes_version = var.kubernetes_version
network_id = module.network.network_id
subnet_id = module.network.subnet_id
admin_networks = var.admin_networks
node_type = var.node_type
node_count = var.node_count
deletion_protection = var.deletion_protection
}`;

/** The modules that the root calls, and the APIs of Google that they need. */
export function mainModules(stack: Stack, apis: readonly string[]): readonly (Hcl | null)[] {
  if (stack.compute === 'kubernetes')
    return [base(stack, apis), data(stack), cluster, identity(stack)];
  const keeps = stack.services.some(({ volumes }) => Object.keys(volumes).length > 0);
  const listens = stack.services.some(({ port }) => port !== null);
  const works = stack.services.some(({ service }) => service.kind === 'worker');
  const serves = `port = each.value.port\npublic = each.value.public\nhealth_path = each.value.health_path\nlive_path = each.value.live_path\nmin = each.value.min\nmax = each.value.max${hasHttp2(stack) ? '\nhttp2 = each.value.http2' : ''}`;
  return [
    base(stack, apis),
    data(stack),
    identity(stack),
    keeps ? storage : null,
    listens
      ? run(
          'services',
          'service',
          '{ for name, one in local.services : name => one if one.port != null }',
          'each.key',
          keeps,
          serves,
        )
      : null,
    works
      ? run(
          'workers',
          'worker',
          '{ for name, one in local.services : name => one if one.port == null }',
          'each.key',
          keeps,
          'min = each.value.min',
        )
      : null,
    hasJobs(stack) ? run('jobs', 'job', 'local.jobs', 'each.value.workload', keeps, '') : null,
    stack.services.some(({ isPublic }) => isPublic) ? entrance : null,
  ];
}
