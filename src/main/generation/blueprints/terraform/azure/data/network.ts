import { hcl } from '../../hcl/source.ts';
import { type Hcl, ref, str } from '../../hcl/value.ts';

/** The name of a system within the network, which leads to `id` by a private endpoint. */
export function endpoint(system: string, zone: string, id: string, part: string): Hcl {
  const name = ref(system);
  return hcl`${zoneOf(system, zone)}

resource "azurerm_private_endpoint" ${str(system)} {
name = "\${var.name}-${name}"
location = var.location
resource_group_name = var.resource_group_name
subnet_id = var.subnet_id

private_service_connection {
name = ${str(system)}
private_connection_resource_id = ${ref(id)}
subresource_names = [${str(part)}]
is_manual_connection = false
}

private_dns_zone_group {
name = ${str(system)}
private_dns_zone_ids = [azurerm_private_dns_zone.${name}.id]
}
}`;
}

/** A private zone of names, which the network knows. */
export function zoneOf(system: string, zone: string): Hcl {
  return hcl`resource "azurerm_private_dns_zone" ${str(system)} {
name = ${str(zone)}
resource_group_name = var.resource_group_name
}

resource "azurerm_private_dns_zone_virtual_network_link" ${str(system)} {
name = var.name
resource_group_name = var.resource_group_name
private_dns_zone_name = azurerm_private_dns_zone.${ref(system)}.name
virtual_network_id = var.network_id
}`;
}

/** What holds data cannot be deleted before this is. */
export function lock(system: string, id: string): Hcl {
  return hcl`resource "azurerm_management_lock" ${str(system)} {
count = var.deletion_protection ? 1 : 0

name = "keep"
scope = ${ref(id)}
lock_level = "CanNotDelete"
}`;
}

/** A subnet that belongs to a service of Azure. */
export function subnet(system: string, service: string, index: number): Hcl {
  return hcl`resource "azurerm_subnet" ${str(system)} {
name = ${str(system)}
resource_group_name = var.resource_group_name
virtual_network_name = var.network_name
address_prefixes = [cidrsubnet(var.cidr, 8, ${index})]
default_outbound_access_enabled = false

delegation {
name = ${str(system)}

service_delegation {
name = ${str(service)}
actions = ["Microsoft.Network/virtualNetworks/subnets/join/action"]
}
}
}`;
}
