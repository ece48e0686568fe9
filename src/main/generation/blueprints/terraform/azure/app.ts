import { moduleFiles, output, type TerraformFile, text, type Variable } from '../file.ts';
import { hcl } from '../hcl/source.ts';
import { ref } from '../hcl/value.ts';
import { place } from './place.ts';
import { providers } from './providers.ts';

/** What apps and jobs share: who they are, their registry and their secrets. */
const head = hcl`identity {
type = "UserAssigned"
identity_ids = [var.identity_id]
}

registry {
server = var.registry_host
identity = var.identity_id
}

dynamic "secret" {
for_each = var.secrets

content {
name = lower(replace(secret.key, "_", "-"))
identity = var.identity_id
key_vault_secret_id = secret.value
}
}`;

const container = hcl`name = "app"
image = var.image
command = var.command
cpu = var.cpu
memory = var.memory

dynamic "env" {
for_each = var.env

content {
name = env.key
value = env.value
}
}

dynamic "env" {
for_each = var.secrets

content {
name = env.key
secret_name = lower(replace(env.key, "_", "-"))
}
}

dynamic "volume_mounts" {
for_each = var.volumes

content {
name = volume_mounts.key
path = volume_mounts.value
}
}`;

const volumes = hcl`dynamic "volume" {
for_each = var.volumes

content {
name = volume.key
storage_name = volume.key
storage_type = "AzureFile"
}
}`;

const app = hcl`resource "azurerm_container_app" "this" {
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
transport = "auto"

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
transport = var.health_path == null ? "TCP" : "HTTP"
port = liveness_probe.value
path = var.health_path
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
export function serviceModule(): readonly TerraformFile[] {
  return moduleFiles(
    'service',
    providers,
    [app],
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
      { name: 'min', type: 'number', description: 'Fewest replicas.' },
      { name: 'max', type: 'number', description: 'Most replicas.' },
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

const platform = hcl`resource "azurerm_log_analytics_workspace" "this" {
name = var.name
location = var.location
resource_group_name = var.resource_group_name
sku = "PerGB2018"
retention_in_days = max(30, var.log_retention_days)
}

resource "azurerm_container_app_environment" "this" {
name = var.name
location = var.location
resource_group_name = var.resource_group_name
logs_destination = "log-analytics"
log_analytics_workspace_id = azurerm_log_analytics_workspace.this.id
infrastructure_subnet_id = var.subnet_id

workload_profile {
name = "Consumption"
workload_profile_type = "Consumption"
}

lifecycle {
ignore_changes = [infrastructure_resource_group_name]
}
}`;

const storage = hcl`# Shares over SMB lack some locks: do not keep a SQLite file of a busy service in one.
resource "azurerm_storage_account" "this" {
name = "\${substr(replace(var.name, "-", ""), 0, 15)}\${var.unique}"
location = var.location
resource_group_name = var.resource_group_name
account_tier = "Standard"
account_replication_type = "ZRS"
min_tls_version = "TLS1_2"
allow_nested_items_to_be_public = false
https_traffic_only_enabled = true

share_properties {
retention_policy {
days = 14
}
}
}

resource "azurerm_storage_share" "this" {
for_each = var.volumes

name = each.key
storage_account_id = azurerm_storage_account.this.id
quota = 50
}

resource "azurerm_container_app_environment_storage" "this" {
for_each = var.volumes

name = each.key
container_app_environment_id = azurerm_container_app_environment.this.id
account_name = azurerm_storage_account.this.name
access_key = azurerm_storage_account.this.primary_access_key
share_name = azurerm_storage_share.this[each.key].name
access_mode = "ReadWrite"
}`;

/** `modules/platform`: the environment of the services, with shares for what keeps files. */
export function platformModule(keeps: boolean): readonly TerraformFile[] {
  return moduleFiles(
    'platform',
    providers,
    [platform, keeps ? storage : null],
    [
      ...place,
      text('subnet_id', 'Subnet of the services.'),
      {
        name: 'log_retention_days',
        type: 'number',
        description: 'Days that logs are kept; Azure keeps them for 30 at least.',
      },
      ...(keeps
        ? [
            text('unique', 'Letters and digits that make names unique.'),
            { name: 'volumes', type: 'set(string)', description: 'Volumes of the services.' },
          ]
        : []),
    ],
    [
      output(
        'environment_id',
        'The environment.',
        ref('azurerm_container_app_environment.this.id'),
      ),
      output(
        'domain',
        'Domain of the services.',
        ref('azurerm_container_app_environment.this.default_domain'),
      ),
      ...(keeps
        ? [
            output(
              'volumes',
              'Volumes that are there.',
              ref(
                '{ for name, one in azurerm_container_app_environment_storage.this : name => one.name }',
              ),
            ),
          ]
        : []),
    ],
  );
}
