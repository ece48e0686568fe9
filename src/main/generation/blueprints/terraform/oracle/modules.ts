import { moduleFiles, output, type TerraformFile, text, type Variable } from '../file.ts';
import { hcl } from '../hcl/source.ts';
import { type Hcl, ref, template } from '../hcl/value.ts';
import { registry, secrets, vault } from './base.ts';
import { providers, withRandom } from './providers.ts';

const compartment = text('compartment_id', 'Compartment.');

const instance = (isJob: boolean): Hcl => hcl`data "oci_identity_availability_domains" "this" {
compartment_id = var.compartment_id
}

locals {
domains = data.oci_identity_availability_domains.this.availability_domains
}

# Container Instances fetch no secrets: they are handed over as variables, which whoever may read the
# instance sees. Give that right to nobody who may not read the vault.
resource "oci_container_instances_container_instance" "this" {
${isJob ? null : ref('count = var.replicas\n')}
compartment_id = var.compartment_id
availability_domain = local.domains[${ref(isJob ? '0' : 'count.index % length(local.domains)')}].name
display_name = ${template([ref('var.prefix'), '-', ref('var.name'), ...(isJob ? [] : ['-', ref('count.index')])])}
shape = "CI.Standard.E4.Flex"
container_restart_policy = ${ref(isJob ? '"NEVER"' : '"ALWAYS"')}
graceful_shutdown_timeout_in_seconds = "30"

shape_config {
ocpus = var.cpu
memory_in_gbs = var.memory
}

containers {
display_name = var.name
image_url = var.image
command = var.command
environment_variables = merge(var.env, var.secrets)

security_context {
security_context_type = "LINUX"
run_as_user = var.user
run_as_group = var.group
is_non_root_user_check_enabled = true

capabilities {
drop_capabilities = ["ALL"]
}
}
${isJob ? null : checks}
}

vnics {
subnet_id = var.subnet_id
nsg_ids = [var.group_id]
is_public_ip_assigned = false
}
}`;

const checks = hcl`
dynamic "health_checks" {
for_each = var.port == null ? [] : [var.port]

content {
health_check_type = var.live_path == null ? "TCP" : "HTTP"
port = health_checks.value
path = var.live_path
interval_in_seconds = 20
timeout_in_seconds = 5
failure_threshold = 3
initial_delay_in_seconds = 180
failure_action = "KILL"
}
}`;

const run: readonly Variable[] = [
  compartment,
  text('prefix', 'Start of every name.'),
  text('name', 'Name of the service.'),
  text('image', 'Image with its tag.'),
  {
    name: 'command',
    type: 'list(string)',
    description: 'What runs in place of what the image says.',
    default: null,
  },
  { name: 'cpu', type: 'number', description: 'Processors.' },
  { name: 'memory', type: 'number', description: 'Memory in GB.' },
  { name: 'user', type: 'number', description: 'User of the process, never 0.' },
  { name: 'group', type: 'number', description: 'Group of the process.' },
  { name: 'env', type: 'map(string)', description: 'Variables.' },
  {
    name: 'secrets',
    type: 'map(string)',
    description: 'Values of the secrets, by variable.',
    sensitive: true,
  },
  text('subnet_id', 'Subnet of the containers.'),
  text('group_id', 'Network security group of the containers.'),
];

/** `modules/registry`, `modules/vault` and `modules/secrets`. */
export function baseModules(): readonly TerraformFile[] {
  return [
    ...moduleFiles(
      'registry',
      providers,
      [registry],
      [
        text('name', 'Start of every name.'),
        text('tenancy_id', 'Tenancy, which dynamic groups belong to.'),
        compartment,
        { name: 'repositories', type: 'set(string)', description: 'Names of the images.' },
      ],
      [
        output(
          'namespace',
          'What stands before the names of images.',
          ref('data.oci_objectstorage_namespace.this.namespace'),
        ),
      ],
    ),
    ...moduleFiles(
      'vault',
      providers,
      [vault],
      [text('name', 'Name of the vault.'), compartment],
      [
        output('id', 'The vault.', ref('oci_kms_vault.this.id')),
        output('key_id', 'Key of the secrets.', ref('oci_kms_key.this.id')),
      ],
    ),
    ...moduleFiles(
      'secrets',
      withRandom,
      [secrets],
      [
        compartment,
        text('prefix', 'Start of every name.'),
        text('name', 'Name of the service.'),
        text('vault_id', 'The vault.'),
        text('key_id', 'Key of the secrets.'),
        {
          name: 'secret_names',
          type: 'set(string)',
          description: 'Secrets whose values are given.',
        },
        {
          name: 'secret_values',
          type: 'map(string)',
          description: 'Values of these secrets.',
          sensitive: true,
        },
        {
          name: 'own_secrets',
          type: 'set(string)',
          description: 'Secrets that start with a random value.',
        },
      ],
      [
        output(
          'values',
          'Values by the variables that they fill.',
          ref(
            'merge(\n{ for name in var.secret_names : name => var.secret_values[name] },\n{ for name, one in data.oci_secrets_secretbundle.own : name => base64decode(one.secret_bundle_content[0].content) },\n)',
          ),
          true,
        ),
      ],
    ),
  ];
}

/** `modules/service` and `modules/job`. */
export function runModules(hasJobs: boolean): readonly TerraformFile[] {
  return [
    ...moduleFiles(
      'service',
      providers,
      [instance(false)],
      [
        ...run,
        {
          name: 'replicas',
          type: 'number',
          description: 'Containers; Container Instances do not scale by themselves.',
        },
        {
          name: 'port',
          type: 'number',
          description: 'Port that it listens on; null for none.',
          default: null,
        },
        {
          name: 'live_path',
          type: 'string',
          description:
            'Path that answers 2xx while its process lives, whatever becomes of its systems.',
          default: null,
        },
      ],
      [
        output(
          'addresses',
          'Addresses of the containers.',
          ref('oci_container_instances_container_instance.this[*].vnics[0].private_ip'),
        ),
      ],
    ),
    ...(hasJobs
      ? moduleFiles('job', providers, [instance(true)], run, [
          output(
            'id',
            'For oci container-instances container-instance start.',
            ref('oci_container_instances_container_instance.this.id'),
          ),
        ])
      : []),
  ];
}
