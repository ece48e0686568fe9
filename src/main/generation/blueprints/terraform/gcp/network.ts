import { moduleFiles, output, type TerraformFile, text } from '../file.ts';
import { hcl } from '../hcl/source.ts';
import { ref } from '../hcl/value.ts';
import { providers } from './providers.ts';

const main = hcl`resource "google_compute_network" "this" {
name = var.name
auto_create_subnetworks = false
}

resource "google_compute_subnetwork" "this" {
name = var.name
region = var.region
network = google_compute_network.this.id
ip_cidr_range = cidrsubnet(var.cidr, 4, 0)

# Google's own services are reached without an address of the internet.
private_ip_google_access = true

dynamic "secondary_ip_range" {
for_each = var.pod_ranges

content {
range_name = secondary_ip_range.key
ip_cidr_range = secondary_ip_range.value
}
}

log_config {
aggregation_interval = "INTERVAL_5_MIN"
flow_sampling = 0.1
metadata = "INCLUDE_ALL_METADATA"
}
}

resource "google_compute_router" "this" {
name = var.name
region = var.region
network = google_compute_network.this.id
}

resource "google_compute_router_nat" "this" {
name = var.name
region = var.region
router = google_compute_router.this.name
nat_ip_allocate_option = "AUTO_ONLY"
source_subnetwork_ip_ranges_to_nat = "ALL_SUBNETWORKS_ALL_IP_RANGES"

log_config {
enable = true
filter = "ERRORS_ONLY"
}
}

# Databases and caches have their addresses in this range, reached over a peering.
resource "google_compute_global_address" "services" {
name = "\${var.name}-services"
network = google_compute_network.this.id
purpose = "VPC_PEERING"
address_type = "INTERNAL"
prefix_length = 20
}

resource "google_service_networking_connection" "this" {
network = google_compute_network.this.id
service = "servicenetworking.googleapis.com"
reserved_peering_ranges = [google_compute_global_address.services.name]
}`;

/** `modules/network`: one subnet, a way out, and the peering with Google's services. */
export function networkModule(): readonly TerraformFile[] {
  return moduleFiles(
    'network',
    providers,
    [main],
    [
      text('name', 'Start of every name.'),
      text('region', 'Region of the subnet.'),
      text('cidr', 'Addresses of the network.'),
      {
        name: 'pod_ranges',
        type: 'map(string)',
        description: 'Ranges of a cluster, by name.',
        default: {},
      },
    ],
    [
      output(
        'network_id',
        'The network, once its peering is there.',
        ref('google_service_networking_connection.this.network'),
      ),
      output('subnet_id', 'The subnet.', ref('google_compute_subnetwork.this.id')),
    ],
  );
}
