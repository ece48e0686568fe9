import { servicePool } from '../../kubernetes/flavours.ts';
import { moduleFiles, output, type TerraformFile, text } from '../file.ts';
import { hcl } from '../hcl/source.ts';
import { ref, str } from '../hcl/value.ts';
import { place } from './place.ts';
import { providers } from './providers.ts';

const main = hcl`resource "azurerm_log_analytics_workspace" "this" {
name = var.name
location = var.location
resource_group_name = var.resource_group_name
sku = "PerGB2018"
retention_in_days = max(30, var.log_retention_days)
}

resource "azurerm_user_assigned_identity" "cluster" {
name = "\${var.name}-cluster"
location = var.location
resource_group_name = var.resource_group_name
}

resource "azurerm_role_assignment" "network" {
scope = var.subnet_id
role_definition_name = "Network Contributor"
principal_id = azurerm_user_assigned_identity.cluster.principal_id
}

resource "azurerm_kubernetes_cluster" "this" {
name = var.name
location = var.location
resource_group_name = var.resource_group_name
dns_prefix = var.name
kubernetes_version = var.kubernetes_version
sku_tier = "Standard"
automatic_upgrade_channel = "patch"
node_os_upgrade_channel = "NodeImage"
private_cluster_enabled = length(var.admin_networks) == 0
local_account_disabled = true
azure_policy_enabled = true
oidc_issuer_enabled = true
workload_identity_enabled = true

# Only what the cluster itself needs runs here; the services have their own pool.
default_node_pool {
name = "system"
vm_size = var.node_type
vnet_subnet_id = var.subnet_id
node_count = 2
only_critical_addons_enabled = true
temporary_name_for_rotation = "systemtmp"
zones = ["1", "2", "3"]

upgrade_settings {
max_surge = "33%"
}
}

identity {
type = "UserAssigned"
identity_ids = [azurerm_user_assigned_identity.cluster.id]
}

azure_active_directory_role_based_access_control {
azure_rbac_enabled = true
admin_group_object_ids = var.admin_group_ids
}

dynamic "api_server_access_profile" {
for_each = length(var.admin_networks) == 0 ? [] : [var.admin_networks]

content {
authorized_ip_ranges = api_server_access_profile.value
}
}

network_profile {
network_plugin = "azure"
network_plugin_mode = "overlay"
network_data_plane = "cilium"
network_policy = "cilium"
outbound_type = "userAssignedNATGateway"
pod_cidr = "10.244.0.0/16"
service_cidr = "10.245.0.0/16"
dns_service_ip = "10.245.0.10"
}

key_vault_secrets_provider {
secret_rotation_enabled = true
}

web_app_routing {
dns_zone_ids = []
}

oms_agent {
log_analytics_workspace_id = azurerm_log_analytics_workspace.this.id
msi_auth_for_monitoring_enabled = true
}

depends_on = [azurerm_role_assignment.network]
}

resource "azurerm_kubernetes_cluster_node_pool" "this" {
name = ${str(servicePool)}
kubernetes_cluster_id = azurerm_kubernetes_cluster.this.id
vm_size = var.node_type
vnet_subnet_id = var.subnet_id
auto_scaling_enabled = true
min_count = var.node_count.min
max_count = var.node_count.max
zones = ["1", "2", "3"]

upgrade_settings {
max_surge = "33%"
}
}

resource "azurerm_role_assignment" "pull" {
scope = var.registry_id
role_definition_name = "AcrPull"
principal_id = azurerm_kubernetes_cluster.this.kubelet_identity[0].object_id
principal_type = "ServicePrincipal"
}`;

/** `modules/cluster`: AKS with a pool for itself and one for the services. */
export function clusterModule(): readonly TerraformFile[] {
  return moduleFiles(
    'cluster',
    providers,
    [main],
    [
      ...place,
      text('kubernetes_version', 'Minor version of Kubernetes.'),
      text('subnet_id', 'Subnet of the nodes.'),
      text('registry_id', 'Registry that nodes pull from.'),
      {
        name: 'admin_networks',
        type: 'list(string)',
        description: 'Networks that reach the API from outside; none keeps it private.',
      },
      {
        name: 'admin_group_ids',
        type: 'list(string)',
        description: 'Groups that administer the cluster.',
      },
      text('node_type', 'Machine of the nodes.'),
      {
        name: 'node_count',
        type: 'object({ min = number, max = number })',
        description: 'Fewest and most nodes of the services.',
      },
      {
        name: 'log_retention_days',
        type: 'number',
        description: 'Days that logs are kept; Azure keeps them for 30 at least.',
      },
    ],
    [
      output('name', 'Name of the cluster.', ref('azurerm_kubernetes_cluster.this.name')),
      output(
        'issuer',
        'Who vouches for its pods.',
        ref('azurerm_kubernetes_cluster.this.oidc_issuer_url'),
      ),
    ],
  );
}
