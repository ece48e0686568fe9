import { servicePool } from '../../kubernetes/flavours.ts';
import { moduleFiles, output, type TerraformFile, text } from '../file.ts';
import { hcl } from '../hcl/source.ts';
import { ref, str } from '../hcl/value.ts';
import { providers } from './providers.ts';

const main = hcl`# Nodes write logs and metrics and pull images, and nothing else.
resource "google_service_account" "nodes" {
account_id = substr("nodes-\${var.name}", 0, 30)
display_name = "Nodes of \${var.name}"
}

resource "google_project_iam_member" "nodes" {
project = var.project
role = "roles/container.defaultNodeServiceAccount"
member = google_service_account.nodes.member
}

resource "google_artifact_registry_repository_iam_member" "nodes" {
repository = var.repository
location = var.region
role = "roles/artifactregistry.reader"
member = google_service_account.nodes.member
}

resource "google_container_cluster" "this" {
name = var.name
location = var.region
network = var.network_id
subnetwork = var.subnet_id
networking_mode = "VPC_NATIVE"
datapath_provider = "ADVANCED_DATAPATH"
min_master_version = var.kubernetes_version
deletion_protection = var.deletion_protection
enable_shielded_nodes = true
initial_node_count = 1

# The pool below takes the place of the one that every cluster starts with.
remove_default_node_pool = true

node_config {
service_account = google_service_account.nodes.email
}

release_channel {
channel = "REGULAR"
}

ip_allocation_policy {
cluster_secondary_range_name = "pods"
services_secondary_range_name = "services"
}

private_cluster_config {
enable_private_nodes = true
enable_private_endpoint = length(var.admin_networks) == 0
}

master_authorized_networks_config {
dynamic "cidr_blocks" {
for_each = toset(var.admin_networks)

content {
cidr_block = cidr_blocks.value
}
}
}

workload_identity_config {
workload_pool = "\${var.project}.svc.id.goog"
}

logging_config {
enable_components = ["SYSTEM_COMPONENTS", "WORKLOADS"]
}

monitoring_config {
enable_components = ["SYSTEM_COMPONENTS"]

managed_prometheus {
enabled = true
}
}

secret_manager_config {
enabled = true
}

lifecycle {
ignore_changes = [initial_node_count, node_config]
}
}

resource "google_container_node_pool" "this" {
name = ${str(servicePool)}
cluster = google_container_cluster.this.id

autoscaling {
total_min_node_count = var.node_count.min
total_max_node_count = var.node_count.max
location_policy = "BALANCED"
}

management {
auto_repair = true
auto_upgrade = true
}

node_config {
machine_type = var.node_type
image_type = "COS_CONTAINERD"
disk_type = "pd-balanced"
disk_size_gb = 50
service_account = google_service_account.nodes.email
oauth_scopes = ["https://www.googleapis.com/auth/cloud-platform"]

shielded_instance_config {
enable_secure_boot = true
enable_integrity_monitoring = true
}

workload_metadata_config {
mode = "GKE_METADATA"
}
}
}`;

/** `modules/cluster`: a private GKE cluster with one pool of nodes. */
export function clusterModule(): readonly TerraformFile[] {
  return moduleFiles(
    'cluster',
    providers,
    [main],
    [
      text('project', 'The project.'),
      text('name', 'Name of the cluster.'),
      text('region', 'Region of the cluster.'),
      text('repository', 'Repository that nodes pull from.'),
      text('kubernetes_version', 'Minor version of Kubernetes.'),
      text('network_id', 'The network.'),
      text('subnet_id', 'The subnet of the nodes.'),
      {
        name: 'admin_networks',
        type: 'list(string)',
        description: 'Networks that reach the API from outside.',
      },
      text('node_type', 'Machine of the nodes.'),
      {
        name: 'node_count',
        type: 'object({ min = number, max = number })',
        description: 'Fewest and most nodes.',
      },
      {
        name: 'deletion_protection',
        type: 'bool',
        description: 'Whether the cluster refuses to be destroyed.',
      },
    ],
    [
      output('name', 'Name of the cluster.', ref('google_container_cluster.this.name')),
      output(
        'workload_pool',
        'Identities of its pods.',
        ref('google_container_cluster.this.workload_identity_config[0].workload_pool'),
      ),
    ],
  );
}
