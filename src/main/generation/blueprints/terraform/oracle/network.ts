import { moduleFiles, output, type TerraformFile, text } from '../file.ts';
import { hcl } from '../hcl/source.ts';
import { type Hcl, ref, str } from '../hcl/value.ts';
import { providers } from './providers.ts';

const main = hcl`resource "oci_core_vcn" "this" {
compartment_id = var.compartment_id
display_name = var.name
cidr_blocks = [var.cidr]
dns_label = "app"
}

resource "oci_core_internet_gateway" "this" {
compartment_id = var.compartment_id
vcn_id = oci_core_vcn.this.id
display_name = var.name
}

resource "oci_core_nat_gateway" "this" {
compartment_id = var.compartment_id
vcn_id = oci_core_vcn.this.id
display_name = var.name
}

resource "oci_core_route_table" "public" {
compartment_id = var.compartment_id
vcn_id = oci_core_vcn.this.id
display_name = "\${var.name}-public"

route_rules {
destination = "0.0.0.0/0"
network_entity_id = oci_core_internet_gateway.this.id
}
}

resource "oci_core_route_table" "private" {
compartment_id = var.compartment_id
vcn_id = oci_core_vcn.this.id
display_name = "\${var.name}-private"

route_rules {
destination = "0.0.0.0/0"
network_entity_id = oci_core_nat_gateway.this.id
}
}

# It lets nothing in and out: what may pass stands in the groups below.
resource "oci_core_security_list" "none" {
compartment_id = var.compartment_id
vcn_id = oci_core_vcn.this.id
display_name = "\${var.name}-none"
}

# The load balancer only.
resource "oci_core_subnet" "public" {
compartment_id = var.compartment_id
vcn_id = oci_core_vcn.this.id
display_name = "\${var.name}-public"
cidr_block = cidrsubnet(var.cidr, 8, 0)
dns_label = "public"
route_table_id = oci_core_route_table.public.id
security_list_ids = [oci_core_security_list.none.id]
}

resource "oci_core_subnet" "private" {
compartment_id = var.compartment_id
vcn_id = oci_core_vcn.this.id
display_name = "\${var.name}-private"
cidr_block = cidrsubnet(var.cidr, 8, 1)
dns_label = "private"
route_table_id = oci_core_route_table.private.id
security_list_ids = [oci_core_security_list.none.id]
prohibit_public_ip_on_vnic = true
}

resource "oci_core_network_security_group" "this" {
for_each = toset(["balancer", "services", "data"])

compartment_id = var.compartment_id
vcn_id = oci_core_vcn.this.id
display_name = "\${var.name}-\${each.key}"
}

resource "oci_core_network_security_group_security_rule" "public" {
for_each = toset(["80", "443"])

network_security_group_id = oci_core_network_security_group.this["balancer"].id
direction = "INGRESS"
protocol = "6"
source_type = "CIDR_BLOCK"
source = "0.0.0.0/0"

tcp_options {
destination_port_range {
min = tonumber(each.key)
max = tonumber(each.key)
}
}
}`;

/** A rule that lets one group speak TCP to another. */
function between(name: string, from: string, to: string): Hcl {
  return hcl`resource "oci_core_network_security_group_security_rule" ${str(`${name}_in`)} {
network_security_group_id = oci_core_network_security_group.this[${str(to)}].id
direction = "INGRESS"
protocol = "6"
source_type = "NETWORK_SECURITY_GROUP"
source = oci_core_network_security_group.this[${str(from)}].id
}`;
}

function leaves(group: string): Hcl {
  return hcl`resource "oci_core_network_security_group_security_rule" ${str(`${group}_out`)} {
network_security_group_id = oci_core_network_security_group.this[${str(group)}].id
direction = "EGRESS"
protocol = "all"
destination_type = "CIDR_BLOCK"
destination = ${group === 'services' ? str('0.0.0.0/0') : ref('var.cidr')}
}`;
}

/** `modules/network`: a subnet for the load balancer, one for the rest, and who may speak to whom. */
export function networkModule(): readonly TerraformFile[] {
  const group = (name: string): Hcl => ref(`oci_core_network_security_group.this["${name}"].id`);
  return moduleFiles(
    'network',
    providers,
    [
      main,
      between('services', 'balancer', 'services'),
      between('inside', 'services', 'balancer'),
      between('data', 'services', 'data'),
      leaves('balancer'),
      leaves('services'),
    ],
    [
      text('name', 'Start of every name.'),
      text('compartment_id', 'Compartment.'),
      text('cidr', 'Addresses of the network, a /16.'),
    ],
    [
      output('public_subnet_id', 'Subnet of the load balancer.', ref('oci_core_subnet.public.id')),
      output(
        'private_subnet_id',
        'Subnet of services and data.',
        ref('oci_core_subnet.private.id'),
      ),
      output('balancer_group_id', 'Group of load balancers.', group('balancer')),
      output('services_group_id', 'Group of services.', group('services')),
      output('data_group_id', 'Group of data.', group('data')),
    ],
  );
}
