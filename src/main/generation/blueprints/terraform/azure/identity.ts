import type { Compute } from '#shared/target.ts';
import { moduleFiles, output, outputAfter, type TerraformFile, text } from '../file.ts';
import { hcl } from '../hcl/source.ts';
import { ref } from '../hcl/value.ts';
import { place } from './place.ts';
import { withRandom } from './providers.ts';

const main = hcl`# It starts with no right but to pull its image and to read its secrets.
resource "azurerm_user_assigned_identity" "this" {
name = "\${var.prefix}-\${var.name}"
location = var.location
resource_group_name = var.resource_group_name
}

resource "azurerm_key_vault_secret" "wired" {
for_each = var.secret_names

name = "\${var.name}-\${lower(replace(each.key, "_", "-"))}"
key_vault_id = var.key_vault_id
value = var.secret_values[each.key]
content_type = each.key
}

resource "random_password" "own" {
for_each = var.own_secrets

length = 48
special = false
}

# A random value is right for a key that only this service uses. One that another system gives out
# is put in its place: az keyvault secret set --vault-name VAULT --name NAME --value VALUE
resource "azurerm_key_vault_secret" "own" {
for_each = var.own_secrets

name = "\${var.name}-\${lower(replace(each.key, "_", "-"))}"
key_vault_id = var.key_vault_id
value = random_password.own[each.key].result
content_type = each.key

lifecycle {
ignore_changes = [value]
}
}

locals {
secrets = merge(azurerm_key_vault_secret.wired, azurerm_key_vault_secret.own)
}

resource "azurerm_role_assignment" "secrets" {
for_each = setunion(var.secret_names, var.own_secrets)

scope = local.secrets[each.key].resource_versionless_id
role_definition_name = "Key Vault Secrets User"
principal_id = azurerm_user_assigned_identity.this.principal_id
principal_type = "ServicePrincipal"
}`;

const pull = hcl`resource "azurerm_role_assignment" "pull" {
scope = var.registry_id
role_definition_name = "AcrPull"
principal_id = azurerm_user_assigned_identity.this.principal_id
principal_type = "ServicePrincipal"
}`;

const pods = hcl`# Pods with this Kubernetes service account act as it, without a key.
resource "azurerm_federated_identity_credential" "this" {
name = var.name
resource_group_name = var.resource_group_name
parent_id = azurerm_user_assigned_identity.this.id
audience = ["api://AzureADTokenExchange"]
issuer = var.issuer
subject = "system:serviceaccount:\${var.namespace}:\${var.service_account}"
}`;

/** `modules/identity`: who a service is, and the secrets that it alone reads. */
export function identityModule(compute: Compute): readonly TerraformFile[] {
  const containers = compute === 'containers';
  return moduleFiles(
    'identity',
    withRandom,
    [main, containers ? pull : pods],
    [
      text('prefix', 'Start of every name.'),
      ...place.map((one) => (one.name === 'name' ? text('name', 'Name of the service.') : one)),
      text('key_vault_id', 'Vault of the secrets.'),
      { name: 'secret_names', type: 'set(string)', description: 'Secrets whose values are given.' },
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
      ...(containers
        ? [text('registry_id', 'Registry of its image.')]
        : [
            text('issuer', 'Who vouches for the pods of the cluster.'),
            text('namespace', 'Namespace of the service.'),
            text('service_account', 'Service account of its pods.'),
          ]),
    ],
    [
      ...(containers
        ? [
            outputAfter('id', 'The identity.', ref('azurerm_user_assigned_identity.this.id'), [
              'azurerm_role_assignment.pull',
              'azurerm_role_assignment.secrets',
            ]),
          ]
        : [
            output(
              'client_id',
              'Client id of the identity.',
              ref('azurerm_user_assigned_identity.this.client_id'),
            ),
          ]),
      output(
        'secrets',
        'Secrets by the variables that they fill.',
        ref(
          '{ for name in setunion(var.secret_names, var.own_secrets) : name => local.secrets[name].versionless_id }',
        ),
      ),
    ],
  );
}
