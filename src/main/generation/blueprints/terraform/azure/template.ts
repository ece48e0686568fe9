import { hcl } from '../hcl/source.ts';

/** What apps and jobs share: who they are, their registry and their secrets. */
export const head = hcl`identity {
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

/** The container of an app or a job. */
export const container = hcl`name = "app"
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

/** The volumes of a template. */
export const volumes = hcl`dynamic "volume" {
for_each = var.volumes

content {
name = volume.key
storage_name = volume.key
storage_type = "AzureFile"
}
}`;
