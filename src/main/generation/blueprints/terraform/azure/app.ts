import { moduleFiles, output, type TerraformFile, text, type Variable } from '../file.ts';
import { hcl } from '../hcl/source.ts';
import { type Hcl, ref, str } from '../hcl/value.ts';
import { http2Input } from '../http2.ts';
import { place } from './place.ts';
import { providers } from './providers.ts';
import { container, head, volumes } from './template.ts';

const app = (http2: boolean): Hcl => hcl`resource "azurerm_container_app" "this" {
name = var.name
resource_group_name = var.resource_group_name
container_app_environment_id = var.environment_id
revision_mode = "Single"
workload_profile_name = "Consumption"

${head}

dynamic "ingress" {
for_each = var.port == null ? [] : [var.port]

content {
target_port = ingress.value
external_enabled = var.public
transport = ${http2 ? ref('var.http2 ? "http2" : "auto"') : str('auto')}

# Services of the environment call each other by http://NAME.
allow_insecure_connections = !var.public

traffic_weight {
percentage = 100
latest_revision = true
}
}
}

template {
min_replicas = var.min
max_replicas = var.max

container {
${container}

dynamic "startup_probe" {
for_each = var.port == null ? [] : [var.port]

content {
transport = var.health_path == null ? "TCP" : "HTTP"
port = startup_probe.value
path = var.health_path
interval_seconds = 6
failure_count_threshold = 30
}
}

dynamic "readiness_probe" {
for_each = var.port == null ? [] : [var.port]

content {
transport = var.health_path == null ? "TCP" : "HTTP"
port = readiness_probe.value
path = var.health_path
interval_seconds = 10
timeout = 3
}
}

dynamic "liveness_probe" {
for_each = var.port == null ? [] : [var.port]

content {
transport = var.live_path == null ? "TCP" : "HTTP"
port = liveness_probe.value
path = var.live_path
interval_seconds = 20
timeout = 5
}
}
}

${volumes}

dynamic "http_scale_rule" {
for_each = var.port != null && var.max > var.min ? ["50"] : []

content {
name = "requests"
concurrent_requests = http_scale_rule.value
}
}

dynamic "custom_scale_rule" {
for_each = var.port == null && var.max > var.min ? ["75"] : []

content {
name = "processor"
custom_rule_type = "cpu"
metadata = { type = "Utilization", value = custom_scale_rule.value }
}
}
}
}`;

const job = hcl`resource "azurerm_container_app_job" "this" {
name = var.name
location = var.location
resource_group_name = var.resource_group_name
container_app_environment_id = var.environment_id
workload_profile_name = "Consumption"
replica_timeout_in_seconds = 1800
replica_retry_limit = 1

${head}

manual_trigger_config {
parallelism = 1
replica_completion_count = 1
}

template {
container {
${container}
}

${volumes}
}
}`;

const variables: readonly Variable[] = [
  text('name', 'Name of the service.'),
  text('resource_group_name', 'Resource group.'),
  text('environment_id', 'The environment.'),
  text('identity_id', 'Who it is.'),
  text('registry_host', 'Registry of its image.'),
  text('image', 'Image with its tag.'),
  {
    name: 'command',
    type: 'list(string)',
    description: 'What runs in place of what the image says.',
    default: null,
  },
  { name: 'cpu', type: 'number', description: 'Processors.' },
  text('memory', 'Memory, with its unit.'),
  { name: 'env', type: 'map(string)', description: 'Variables.' },
  {
    name: 'secrets',
    type: 'map(string)',
    description: 'Secrets in the vault, by the variables that they fill.',
  },
  {
    name: 'volumes',
    type: 'map(string)',
    description: 'Folders that outlive the container, by volume.',
  },
];

/** `modules/service`: what keeps running, with or without a port. */
export function serviceModule(http2: boolean): readonly TerraformFile[] {
  return moduleFiles(
    'service',
    providers,
    [app(http2)],
    [
      ...variables,
      {
        name: 'port',
        type: 'number',
        description: 'Port that it listens on; null for none.',
        default: null,
      },
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
      { name: 'min', type: 'number', description: 'Fewest replicas.' },
      { name: 'max', type: 'number', description: 'Most replicas.' },
      ...(http2 ? [http2Input] : []),
    ],
    [
      output(
        'fqdn',
        'Host that it answers on.',
        ref('one(azurerm_container_app.this.ingress[*].fqdn)'),
      ),
    ],
  );
}

/** `modules/job`: what runs to its end, when it is told to. */
export function jobModule(): readonly TerraformFile[] {
  const location = place.filter(({ name }) => name === 'location');
  return moduleFiles(
    'job',
    providers,
    [job],
    [...variables, ...location],
    [output('name', 'For az containerapp job start.', ref('azurerm_container_app_job.this.name'))],
  );
}
