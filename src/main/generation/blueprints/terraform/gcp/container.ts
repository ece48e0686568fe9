import type { Variable } from '../file.ts';
import { text } from '../file.ts';
import { hcl } from '../hcl/source.ts';
import { type Hcl, ref } from '../hcl/value.ts';

/** The environment of a container, as all kinds of Cloud Run take it. */
export const environment = hcl`dynamic "env" {
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

value_source {
secret_key_ref {
secret = env.value
version = "latest"
}
}
}
}

dynamic "volume_mounts" {
for_each = var.volumes

content {
name = volume_mounts.key
mount_path = volume_mounts.value
}
}`;

/** The volumes of a template. */
export const volumes = hcl`dynamic "volumes" {
for_each = var.volumes

content {
name = volumes.key

gcs {
bucket = var.buckets[volumes.key]
read_only = false
}
}
}`;

/** Where a template is in the network: its own address there, for all that it calls. */
export const access = hcl`vpc_access {
egress = "ALL_TRAFFIC"

network_interfaces {
network = var.network_id
subnetwork = var.subnet_id
}
}`;

/** How much a container may use. */
export const limits: Hcl = ref('limits = { cpu = var.cpu, memory = var.memory }');

/** What services, workers and jobs are told. */
export const containerVariables: readonly Variable[] = [
  text('name', 'Name in Cloud Run.'),
  text('region', 'Region that it runs in.'),
  text('image', 'Image with its tag.'),
  {
    name: 'command',
    type: 'list(string)',
    description: 'What runs in place of what the image says.',
    default: null,
  },
  text('cpu', 'Processors.'),
  text('memory', 'Memory, with its unit.'),
  { name: 'env', type: 'map(string)', description: 'Variables.' },
  { name: 'secrets', type: 'map(string)', description: 'Secrets by the variables that they fill.' },
  {
    name: 'volumes',
    type: 'map(string)',
    description: 'Folders that outlive the container, by volume.',
  },
  { name: 'buckets', type: 'map(string)', description: 'Buckets that hold the volumes.' },
  text('service_account', 'Who it is.'),
  text('network_id', 'The network.'),
  text('subnet_id', 'The subnet.'),
  { name: 'deletion_protection', type: 'bool', description: 'Whether it refuses to be destroyed.' },
];
