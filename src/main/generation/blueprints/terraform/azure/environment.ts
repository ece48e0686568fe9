import { hcl } from '../hcl/source.ts';

/** The environment that the services run in, with its logs. */
export const platform = hcl`resource "azurerm_log_analytics_workspace" "this" {
name = var.name
location = var.location
resource_group_name = var.resource_group_name
sku = "PerGB2018"
retention_in_days = max(30, var.log_retention_days)
}

resource "azurerm_container_app_environment" "this" {
name = var.name
location = var.location
resource_group_name = var.resource_group_name
logs_destination = "log-analytics"
log_analytics_workspace_id = azurerm_log_analytics_workspace.this.id
infrastructure_subnet_id = var.subnet_id
zone_redundancy_enabled = true

workload_profile {
name = "Consumption"
workload_profile_type = "Consumption"
}

lifecycle {
ignore_changes = [infrastructure_resource_group_name]
}
}`;

/** Shares for services that keep files. */
export const storage = hcl`# Shares over SMB lack some locks: do not keep a SQLite file of a busy service in one.
resource "azurerm_storage_account" "this" {
name = "\${substr(replace(var.name, "-", ""), 0, 15)}\${var.unique}"
location = var.location
resource_group_name = var.resource_group_name
account_tier = "Standard"
account_replication_type = "ZRS"
min_tls_version = "TLS1_2"
allow_nested_items_to_be_public = false
https_traffic_only_enabled = true

share_properties {
retention_policy {
days = 14
}
}
}

resource "azurerm_storage_share" "this" {
for_each = var.volumes

name = each.key
storage_account_id = azurerm_storage_account.this.id
quota = 50
}

resource "azurerm_container_app_environment_storage" "this" {
for_each = var.volumes

name = each.key
container_app_environment_id = azurerm_container_app_environment.this.id
account_name = azurerm_storage_account.this.name
access_key = azurerm_storage_account.this.primary_access_key
share_name = azurerm_storage_share.this[each.key].name
access_mode = "ReadWrite"
}`;
