import { moduleFiles, output, type TerraformFile, text } from '../file.ts';
import { hcl } from '../hcl/source.ts';
import { ref } from '../hcl/value.ts';
import { providers } from './providers.ts';

const main = hcl`resource "google_compute_global_address" "this" {
name = var.name
}

# Google renews it, once the records of the hosts point to the address.
resource "google_compute_managed_ssl_certificate" "this" {
name = "\${var.name}-\${substr(sha1(join(",", values(var.hosts))), 0, 8)}"

managed {
domains = values(var.hosts)
}

lifecycle {
create_before_destroy = true
}
}

resource "google_compute_region_network_endpoint_group" "this" {
for_each = var.hosts

name = each.key
region = var.region
network_endpoint_type = "SERVERLESS"

cloud_run {
service = each.key
}
}

resource "google_compute_backend_service" "this" {
for_each = var.hosts

name = each.key
load_balancing_scheme = "EXTERNAL_MANAGED"
protocol = "HTTPS"

backend {
group = google_compute_region_network_endpoint_group.this[each.key].id
}

log_config {
enable = true
sample_rate = 1
}
}

resource "google_compute_url_map" "this" {
name = var.name
default_service = google_compute_backend_service.this[keys(var.hosts)[0]].id

dynamic "host_rule" {
for_each = var.hosts

content {
hosts = [host_rule.value]
path_matcher = host_rule.key
}
}

dynamic "path_matcher" {
for_each = var.hosts

content {
name = path_matcher.key
default_service = google_compute_backend_service.this[path_matcher.key].id
}
}
}

resource "google_compute_url_map" "redirect" {
name = "\${var.name}-redirect"

default_url_redirect {
https_redirect = true
strip_query = false
}
}

resource "google_compute_target_https_proxy" "this" {
name = var.name
url_map = google_compute_url_map.this.id
ssl_certificates = [google_compute_managed_ssl_certificate.this.id]
}

resource "google_compute_target_http_proxy" "redirect" {
name = "\${var.name}-redirect"
url_map = google_compute_url_map.redirect.id
}

resource "google_compute_global_forwarding_rule" "https" {
name = var.name
load_balancing_scheme = "EXTERNAL_MANAGED"
ip_address = google_compute_global_address.this.id
port_range = "443"
target = google_compute_target_https_proxy.this.id
}

resource "google_compute_global_forwarding_rule" "http" {
name = "\${var.name}-redirect"
load_balancing_scheme = "EXTERNAL_MANAGED"
ip_address = google_compute_global_address.this.id
port_range = "80"
target = google_compute_target_http_proxy.redirect.id
}`;

/** `modules/entrance`: the load balancer of the public services, with their certificate. */
export function entranceModule(): readonly TerraformFile[] {
  return moduleFiles(
    'entrance',
    providers,
    [main],
    [
      text('name', 'Start of every name.'),
      text('region', 'Region of the services.'),
      {
        name: 'hosts',
        type: 'map(string)',
        description: 'Hosts by the service that answers them.',
      },
    ],
    [
      output(
        'address',
        'Address that the records of the hosts point to.',
        ref('google_compute_global_address.this.address'),
      ),
    ],
  );
}
