import { moduleFiles, output, type TerraformFile, text, type Variable } from '../file.ts';
import { hcl } from '../hcl/source.ts';
import { ref } from '../hcl/value.ts';
import { platform, registry, secrets } from './base.ts';
import { providers, withRandom } from './providers.ts';

const environment = hcl`dynamic "run_env_variables" {
for_each = var.env

content {
type = "literal"
name = run_env_variables.key
value = run_env_variables.value
}
}

dynamic "run_env_variables" {
for_each = var.secrets

content {
type = "secret_key_reference"
name = run_env_variables.key
key = run_env_variables.key
reference = run_env_variables.value
}
}`;

const app = hcl`resource "ibm_code_engine_app" "this" {
project_id = var.project_id
name = var.name
image_reference = var.image
image_secret = var.registry_access
image_port = var.port
managed_domain_mappings = var.public ? "local_public" : "local"
run_commands = var.command
run_as_user = var.user
run_service_account = "none"
scale_min_instances = var.min
scale_max_instances = var.max
scale_cpu_limit = var.cpu
scale_memory_limit = var.memory

${environment}

probe_readiness {
type = var.health_path == null ? "tcp" : "http"
path = var.health_path
port = var.port
interval = 10
timeout = 3
failure_threshold = 3
}

# Code Engine has no probe for the start: ten failures leave it 200 seconds for that.
probe_liveness {
type = var.live_path == null ? "tcp" : "http"
path = var.live_path
port = var.port
interval = 20
timeout = 5
failure_threshold = 10
}
}`;

const job = hcl`resource "ibm_code_engine_job" "this" {
project_id = var.project_id
name = var.name
image_reference = var.image
image_secret = var.registry_access
run_commands = var.command
run_as_user = var.user
run_service_account = "none"
scale_cpu_limit = var.cpu
scale_memory_limit = var.memory

# A worker never ends: its time is not limited, and nobody counts its tries.
run_mode = var.daemon ? "daemon" : "task"
scale_max_execution_time = var.daemon ? null : 1800
scale_retry_limit = var.daemon ? null : 1

${environment}
}`;

const run: readonly Variable[] = [
  text('project_id', 'The Code Engine project.'),
  text('name', 'Name of the service.'),
  text('image', 'Image with its tag.'),
  text('registry_access', 'Secret that the image is pulled with.'),
  {
    name: 'command',
    type: 'list(string)',
    description: 'What runs in place of what the image says.',
    default: null,
  },
  { name: 'user', type: 'number', description: 'User of the process, never 0.' },
  text('cpu', 'Processors.'),
  text('memory', 'Memory, with its unit.'),
  { name: 'env', type: 'map(string)', description: 'Variables.' },
  {
    name: 'secrets',
    type: 'map(string)',
    description: 'Names of the secrets, by the variables that they fill.',
  },
];

/** `modules/registry` and `modules/platform`: the images, and the project that runs them. */
export function platformModules(): readonly TerraformFile[] {
  return [
    ...moduleFiles(
      'registry',
      providers,
      [registry],
      [
        text('name', 'Name of the namespace.'),
        text('region', 'Region of the registry.'),
        text('resource_group_id', 'Resource group.'),
      ],
      [
        output('namespace', 'Namespace of the images.', ref('ibm_cr_namespace.this.name')),
        output(
          'pull_key',
          'Key that images are pulled with.',
          ref('ibm_iam_service_api_key.pull.apikey'),
          true,
        ),
      ],
    ),
    ...moduleFiles(
      'platform',
      providers,
      [platform],
      [
        text('name', 'Name of the project.'),
        text('resource_group_id', 'Resource group.'),
        text('registry_host', 'Host of the registry.'),
        { ...text('pull_key', 'Key that images are pulled with.'), sensitive: true },
      ],
      [
        output('project_id', 'The project.', ref('ibm_code_engine_project.this.project_id')),
        output(
          'registry_access',
          'Secret that images are pulled with.',
          ref('ibm_code_engine_secret.registry.name'),
        ),
      ],
    ),
    ...moduleFiles(
      'secrets',
      withRandom,
      [secrets],
      [
        text('project_id', 'The Code Engine project.'),
        text('name', 'Name of the service.'),
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
          'names',
          'Names of the secrets, by the variables that they fill.',
          ref(
            'merge(\n{ for name in var.secret_names : name => ibm_code_engine_secret.wired[0].name },\n{ for name, one in ibm_code_engine_secret.own : name => one.name },\n)',
          ),
        ),
      ],
    ),
  ];
}

/** `modules/service`: an app, which scales with its requests. */
export function serviceModule(): readonly TerraformFile[] {
  return moduleFiles(
    'service',
    providers,
    [app],
    [
      ...run,
      { name: 'port', type: 'number', description: 'Port that it listens on.' },
      { name: 'public', type: 'bool', description: 'Whether the internet reaches it.' },
      {
        name: 'health_path',
        type: 'string',
        description: 'Path that answers 2xx when it is well.',
        default: null,
      },
      {
        name: 'live_path',
        type: 'string',
        description:
          'Path that answers 2xx while its process lives, whatever becomes of its systems.',
        default: null,
      },
      { name: 'min', type: 'number', description: 'Fewest instances.' },
      { name: 'max', type: 'number', description: 'Most instances.' },
    ],
    [
      output(
        'endpoint',
        'Address that it answers on.',
        ref(
          'var.public ? ibm_code_engine_app.this.endpoint : ibm_code_engine_app.this.endpoint_internal',
        ),
      ),
    ],
  );
}

/** `modules/job`: what runs to its end, and what runs without listening. */
export function jobModule(): readonly TerraformFile[] {
  return moduleFiles(
    'job',
    providers,
    [job],
    [...run, { name: 'daemon', type: 'bool', description: 'Whether it never ends.' }],
    [output('name', 'For ibmcloud ce jobrun submit --job.', ref('ibm_code_engine_job.this.name'))],
  );
}
