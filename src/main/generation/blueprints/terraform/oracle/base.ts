import { hcl } from '../hcl/source.ts';

/** The repositories, and who pulls from them. */
export const registry = hcl`data "oci_objectstorage_namespace" "this" {
compartment_id = var.compartment_id
}

resource "oci_artifacts_container_repository" "this" {
for_each = var.repositories

compartment_id = var.compartment_id
display_name = each.key
is_public = false
is_immutable = true
}

# Container instances pull these images as themselves, without a password.
resource "oci_identity_dynamic_group" "this" {
compartment_id = var.tenancy_id
name = "\${var.name}-containers"
description = "Container instances of \${var.name}"
matching_rule = "ALL {resource.type = 'computecontainerinstance', resource.compartment.id = '\${var.compartment_id}'}"
}

resource "oci_identity_policy" "this" {
compartment_id = var.compartment_id
name = "\${var.name}-pull"
description = "Container instances of \${var.name} pull their images"
statements = ["Allow dynamic-group \${oci_identity_dynamic_group.this.name} to read repos in compartment id \${var.compartment_id}"]
}`;

/** The vault and its key. */
export const vault = hcl`resource "oci_kms_vault" "this" {
compartment_id = var.compartment_id
display_name = var.name
vault_type = "DEFAULT"

lifecycle {
prevent_destroy = true
}
}

resource "oci_kms_key" "this" {
compartment_id = var.compartment_id
display_name = var.name
management_endpoint = oci_kms_vault.this.management_endpoint
protection_mode = "SOFTWARE"

key_shape {
algorithm = "AES"
length = 32
}

lifecycle {
prevent_destroy = true
}
}`;

/** The secrets of a service. */
export const secrets = hcl`resource "oci_vault_secret" "wired" {
for_each = var.secret_names

compartment_id = var.compartment_id
vault_id = var.vault_id
key_id = var.key_id
secret_name = "\${var.prefix}-\${var.name}-\${each.key}"

secret_content {
content_type = "BASE64"
content = base64encode(var.secret_values[each.key])
}
}

resource "random_password" "own" {
for_each = var.own_secrets

length = 48
special = false
}

# A random value is right for a key that only this service uses. One that another system gives out
# is put in its place: oci vault secret update-base64. The next apply hands it to the service.
resource "oci_vault_secret" "own" {
for_each = var.own_secrets

compartment_id = var.compartment_id
vault_id = var.vault_id
key_id = var.key_id
secret_name = "\${var.prefix}-\${var.name}-\${each.key}"

secret_content {
content_type = "BASE64"
content = base64encode(random_password.own[each.key].result)
}

lifecycle {
ignore_changes = [secret_content]
}
}

data "oci_secrets_secretbundle" "own" {
for_each = oci_vault_secret.own

secret_id = each.value.id
}`;
