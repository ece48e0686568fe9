import { moduleFiles, output, type TerraformFile, text } from '../file.ts';
import { hcl } from '../hcl/source.ts';
import { ref } from '../hcl/value.ts';
import { providers } from './providers.ts';

const main = hcl`resource "oci_load_balancer_load_balancer" "this" {
compartment_id = var.compartment_id
display_name = var.name
shape = "flexible"
subnet_ids = [var.subnet_id]
network_security_group_ids = [var.group_id]
is_private = var.private
is_delete_protection_enabled = var.deletion_protection

shape_details {
minimum_bandwidth_in_mbps = 10
maximum_bandwidth_in_mbps = 100
}
}`;

const route = hcl`resource "oci_load_balancer_backend_set" "this" {
load_balancer_id = var.load_balancer_id
name = var.name
policy = "LEAST_CONNECTIONS"

health_checker {
protocol = var.health_path == null ? "TCP" : "HTTP"
port = var.port
url_path = var.health_path
return_code = var.health_path == null ? null : 200
}
}

resource "oci_load_balancer_backend" "this" {
count = var.replicas

load_balancer_id = var.load_balancer_id
backendset_name = oci_load_balancer_backend_set.this.name
ip_address = var.addresses[count.index]
port = var.port
}

resource "oci_load_balancer_hostname" "this" {
count = var.host == null ? 0 : 1

load_balancer_id = var.load_balancer_id
name = var.name
hostname = coalesce(var.host, "unused")
}

# Public services share port 443 and are told apart by their hosts; the others have their own port.
resource "oci_load_balancer_listener" "this" {
load_balancer_id = var.load_balancer_id
name = var.name
default_backend_set_name = oci_load_balancer_backend_set.this.name
hostname_names = oci_load_balancer_hostname.this[*].name
port = var.host == null ? var.port : 443
protocol = "HTTP"

dynamic "ssl_configuration" {
for_each = var.host == null ? [] : [var.certificate_id]

content {
certificate_ids = [ssl_configuration.value]
protocols = ["TLSv1.2", "TLSv1.3"]
verify_peer_certificate = false
}
}
}`;

/** `modules/balancer`, a load balancer, and `modules/route`, what leads from it to a service. */
export function balancerModules(): readonly TerraformFile[] {
  return [
    ...moduleFiles(
      'balancer',
      providers,
      [main],
      [
        text('name', 'Name of the load balancer.'),
        text('compartment_id', 'Compartment.'),
        text('subnet_id', 'Its subnet.'),
        text('group_id', 'Its network security group.'),
        { name: 'private', type: 'bool', description: 'Whether the internet is kept out.' },
        {
          name: 'deletion_protection',
          type: 'bool',
          description: 'Whether it refuses to be destroyed.',
        },
      ],
      [
        output('id', 'The load balancer.', ref('oci_load_balancer_load_balancer.this.id')),
        output(
          'address',
          'Its address.',
          ref('oci_load_balancer_load_balancer.this.ip_address_details[0].ip_address'),
        ),
      ],
    ),
    ...moduleFiles(
      'route',
      providers,
      [route],
      [
        text('load_balancer_id', 'The load balancer.'),
        text('name', 'Name of the service.'),
        { name: 'host', type: 'string', description: 'Host of a public service.', default: null },
        {
          name: 'certificate_id',
          type: 'string',
          description: 'Certificate of a public service.',
          default: null,
        },
        { name: 'port', type: 'number', description: 'Port of the service.' },
        {
          name: 'health_path',
          type: 'string',
          description: 'Path that answers 200 when it is well.',
          default: null,
        },
        { name: 'replicas', type: 'number', description: 'Containers of the service.' },
        { name: 'addresses', type: 'list(string)', description: 'Addresses of the containers.' },
      ],
      [],
    ),
  ];
}
