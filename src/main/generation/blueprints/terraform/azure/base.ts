import type { Compute } from '#shared/target.ts';
import { moduleFiles, output, type TerraformFile, text } from '../file.ts';
import { hcl } from '../hcl/source.ts';
import { ref } from '../hcl/value.ts';
import { place } from './place.ts';
import { providers } from './providers.ts';

const network = hcl`resource "azurerm_virtual_network" "this" {
name = var.name
location = var.location
resource_group_name = var.resource_group_name
address_space = [var.cidr]
}

resource "azurerm_subnet" "services" {
name = "services"
resource_group_name = var.resource_group_name
virtual_network_name = azurerm_virtual_network.this.name
address_prefixes = [cidrsubnet(var.cidr, 4, 0)]
default_outbound_access_enabled = false

dynamic "delegation" {
for_each = var.delegation == null ? [] : [var.delegation]

content {
name = "services"

service_delegation {
name = delegation.value
actions = ["Microsoft.Network/virtualNetworks/subnets/join/action"]
}
}
}
}

# Private endpoints of databases and caches.
resource "azurerm_subnet" "data" {
name = "data"
resource_group_name = var.resource_group_name
virtual_network_name = azurerm_virtual_network.this.name
address_prefixes = [cidrsubnet(var.cidr, 8, 32)]
default_outbound_access_enabled = false
}

resource "azurerm_public_ip" "nat" {
name = "\${var.name}-nat"
location = var.location
resource_group_name = var.resource_group_name
allocation_method = "Static"
sku = "Standard"
}

resource "azurerm_nat_gateway" "this" {
name = var.name
location = var.location
resource_group_name = var.resource_group_name
sku_name = "Standard"
}

resource "azurerm_nat_gateway_public_ip_association" "this" {
nat_gateway_id = azurerm_nat_gateway.this.id
public_ip_address_id = azurerm_public_ip.nat.id
}

resource "azurerm_subnet_nat_gateway_association" "services" {
subnet_id = azurerm_subnet.services.id
nat_gateway_id = azurerm_nat_gateway.this.id
}`;

const registry = hcl`# Names of registries and vaults are shared by all of Azure.
resource "azurerm_container_registry" "this" {
name = "\${replace(var.name, "-", "")}\${var.unique}"
location = var.location
resource_group_name = var.resource_group_name
sku = "Standard"
admin_enabled = false
anonymous_pull_enabled = false
}`;

const vault = hcl`data "azurerm_client_config" "current" {}

# It is reached from the internet, where Terraform writes to it from; rights alone let anybody in.
resource "azurerm_key_vault" "this" {
name = "\${trimsuffix(substr(var.name, 0, 15), "-")}-\${var.unique}"
location = var.location
resource_group_name = var.resource_group_name
tenant_id = data.azurerm_client_config.current.tenant_id
sku_name = "standard"
rbac_authorization_enabled = true
purge_protection_enabled = var.deletion_protection
soft_delete_retention_days = var.deletion_protection ? 90 : 7
}

# Whoever runs Terraform writes the secrets.
resource "azurerm_role_assignment" "terraform" {
scope = azurerm_key_vault.this.id
role_definition_name = "Key Vault Secrets Officer"
principal_id = data.azurerm_client_config.current.object_id
}`;

/** `modules/network`, `modules/registry` and `modules/vault`. */
export function baseModules(compute: Compute): readonly TerraformFile[] {
  const unique = text('unique', 'Letters and digits that make names unique.');
  return [
    ...moduleFiles(
      'network',
      providers,
      [network],
      [
        ...place,
        text('cidr', 'Addresses of the network.'),
        {
          name: 'delegation',
          type: 'string',
          description: 'Service of Azure that the subnet of the services belongs to.',
          default: null,
        },
      ],
      [
        output('id', 'The network.', ref('azurerm_virtual_network.this.id')),
        output('name', 'Name of the network.', ref('azurerm_virtual_network.this.name')),
        output(
          'services_subnet_id',
          'Subnet of the services, once it has a way out.',
          ref('azurerm_subnet_nat_gateway_association.services.subnet_id'),
        ),
        output('data_subnet_id', 'Subnet of private endpoints.', ref('azurerm_subnet.data.id')),
      ],
    ),
    ...moduleFiles(
      'registry',
      providers,
      [registry],
      [...place, unique],
      [
        output('id', 'The registry.', ref('azurerm_container_registry.this.id')),
        output(
          'host',
          'What stands before the names of images.',
          ref('azurerm_container_registry.this.login_server'),
        ),
      ],
    ),
    ...moduleFiles(
      'vault',
      providers,
      [vault],
      [
        ...place,
        unique,
        {
          name: 'deletion_protection',
          type: 'bool',
          description: 'Whether what is deleted can be brought back.',
        },
      ],
      [
        output(
          'id',
          'The vault, once Terraform may write to it.',
          ref('azurerm_role_assignment.terraform.scope'),
        ),
        ...(compute === 'kubernetes'
          ? [output('uri', 'Address of the vault.', ref('azurerm_key_vault.this.vault_uri'))]
          : []),
      ],
    ),
  ];
}
