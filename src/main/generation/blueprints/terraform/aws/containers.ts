import { hcl } from '../hcl/source.ts';
import { type Hcl, type HclValue, ref } from '../hcl/value.ts';
import type { Stack, TerraformService } from '../stack.ts';
import { hasJobs } from '../workloads.ts';

/** Fargate's smallest pair that holds what the service may use. */
export function fargateSize({ memory }: TerraformService): Readonly<Record<string, HclValue>> {
  if (memory <= 512) return { cpu: 256, memory: 512 };
  return { cpu: 512, memory: Math.min(4096, Math.ceil(memory / 1024) * 1024) };
}

const taskArguments = hcl`prefix = local.name
region = var.region
image = "\${module.registry.urls[each.value.image]}:\${var.image_tag}"
command = each.value.command
port = each.value.port
cpu = each.value.cpu
memory = each.value.memory
user = each.value.user
group = each.value.group`;

function roles(key: string): Hcl {
  const identity = ref(`module.identity[${key}]`);
  return hcl`env = merge(each.value.env, lookup(var.env, ${ref(key)}, {}))
secrets = ${identity}.secret_arns
task_role_arn = ${identity}.task_role_arn
execution_role_arn = ${identity}.execution_role_arn
log_group = ${identity}.log_group`;
}

const files = hcl`
volumes = each.value.volumes
file_system_id = module.volumes.file_system_id
access_point_ids = module.volumes.access_point_ids`;

/** The modules of services that ECS runs on Fargate. */
export function containerModules(stack: Stack): readonly (Hcl | null)[] {
  const isPublic = stack.services.some((one) => one.isPublic);
  const keeps = stack.services.some(({ volumes }) => Object.keys(volumes).length > 0);
  return [
    hcl`module "identity" {
source = "./modules/identity"
for_each = local.workloads

prefix = local.name
name = each.key
secret_names = each.value.secrets
secret_values = lookup(local.secret_values, each.key, {})
own_secrets = setunion(each.value.own_secrets, lookup(var.optional_secrets, each.key, []))
repository_arn = module.registry.arns[each.value.image]
deletion_protection = var.deletion_protection
log_retention_days = var.log_retention_days
}`,
    hcl`module "platform" {
source = "./modules/platform"

name = local.name
vpc_id = module.network.vpc_id
${isPublic ? ref('public_subnet_ids = module.network.public_subnet_ids\ncertificate_arn = var.certificate_arn\ndeletion_protection = var.deletion_protection') : null}
}`,
    keeps
      ? hcl`module "volumes" {
source = "./modules/volumes"

name = local.name
vpc_id = module.network.vpc_id
subnet_ids = module.network.private_subnet_ids
client_security_group_id = module.platform.security_group_id
volumes = merge([for one in local.workloads : { for volume, path in one.volumes : volume => { user = one.user, group = one.group } }]...)
}`
      : null,
    hcl`module "services" {
source = "./modules/service"
for_each = local.services

name = each.key
${taskArguments}
${roles('each.key')}
${keeps ? files : null}
cluster_arn = module.platform.cluster_arn
cluster_name = module.platform.cluster_name
namespace_arn = module.platform.namespace_arn
subnet_ids = module.network.private_subnet_ids
security_group_id = module.platform.security_group_id
min = each.value.min
max = each.value.max
keeps_files = length(each.value.volumes) > 0
${isPublic ? ref('public = each.value.public\nhost = each.value.host\nhealth_path = each.value.health_path\nvpc_id = module.network.vpc_id\nlistener_arn = module.platform.listener_arn') : null}
}`,
    hasJobs(stack)
      ? hcl`module "jobs" {
source = "./modules/job"
for_each = local.jobs

name = each.key
${taskArguments}
${roles('each.value.workload')}
${keeps ? files : null}
}`
      : null,
  ];
}
