import { hcl } from '../../hcl/source.ts';
import type { Hcl } from '../../hcl/value.ts';
import { endpoint, lock, subnet, zoneOf } from './network.ts';

/** The database of each system that services share which name none of their own. */
export const common = {
  postgres: hcl`resource "azurerm_postgresql_flexible_server_database" "postgres" {
name = "app"
server_id = azurerm_postgresql_flexible_server.postgres.id
charset = "UTF8"
collation = "en_US.utf8"
}`,
  mysql: hcl`resource "azurerm_mysql_flexible_database" "mysql" {
name = "app"
resource_group_name = var.resource_group_name
server_name = azurerm_mysql_flexible_server.mysql.name
charset = "utf8mb4"
collation = "utf8mb4_unicode_ci"
}`,
  sqlserver: hcl`resource "azurerm_mssql_database" "sqlserver" {
name = "app"
server_id = azurerm_mssql_server.sqlserver.id
sku_name = var.sizes.sqlserver
zone_redundant = var.high_availability

short_term_retention_policy {
retention_days = 14
}`,
} as const;

/** Databases that single services have to themselves. */
export const moreDatabases = {
  postgres: (names: Hcl): Hcl => hcl`# Databases that single services have to themselves.
resource "azurerm_postgresql_flexible_server_database" "services" {
for_each = toset(${names})

name = each.value
server_id = azurerm_postgresql_flexible_server.postgres.id
charset = "UTF8"
collation = "en_US.utf8"
}`,
  mysql: (names: Hcl): Hcl => hcl`# Databases that single services have to themselves.
resource "azurerm_mysql_flexible_database" "services" {
for_each = toset(${names})

name = each.value
resource_group_name = var.resource_group_name
server_name = azurerm_mysql_flexible_server.mysql.name
charset = "utf8mb4"
collation = "utf8mb4_unicode_ci"
}`,
  sqlserver: (names: Hcl): Hcl => hcl`# Databases that single services have to themselves.
resource "azurerm_mssql_database" "services" {
for_each = toset(${names})

name = each.value
server_id = azurerm_mssql_server.sqlserver.id
sku_name = var.sizes.sqlserver
zone_redundant = var.high_availability

short_term_retention_policy {
retention_days = 14
}
}`,
} as const;

/** PostgreSQL, in a subnet of its own. */
export const postgres = hcl`${subnet('postgres', 'Microsoft.DBforPostgreSQL/flexibleServers', 33)}

${zoneOf('postgres', 'app.postgres.database.azure.com')}

resource "azurerm_postgresql_flexible_server" "postgres" {
name = "\${var.name}-postgres-\${var.unique}"
location = var.location
resource_group_name = var.resource_group_name
version = "17"
sku_name = var.sizes.postgres
storage_mb = 32768
auto_grow_enabled = true
administrator_login = "app"
administrator_password = random_password.this["postgres"].result
delegated_subnet_id = azurerm_subnet.postgres.id
private_dns_zone_id = azurerm_private_dns_zone.postgres.id
public_network_access_enabled = false
backup_retention_days = 14

dynamic "high_availability" {
for_each = var.high_availability ? ["ZoneRedundant"] : []

content {
mode = high_availability.value
}
}

# Azure chooses the zones, and changes them when it fails over.
lifecycle {
ignore_changes = [zone, high_availability[0].standby_availability_zone]
}

depends_on = [azurerm_private_dns_zone_virtual_network_link.postgres]
}

${common.postgres}

${lock('postgres', 'azurerm_postgresql_flexible_server.postgres.id')}

locals {
postgres = {
host = azurerm_postgresql_flexible_server.postgres.fqdn
password = azurerm_postgresql_flexible_server.postgres.administrator_password
}
}`;

/** MySQL, in a subnet of its own. */
export const mysql = hcl`${subnet('mysql', 'Microsoft.DBforMySQL/flexibleServers', 34)}

${zoneOf('mysql', 'app.mysql.database.azure.com')}

resource "azurerm_mysql_flexible_server" "mysql" {
name = "\${var.name}-mysql-\${var.unique}"
location = var.location
resource_group_name = var.resource_group_name
version = "8.4"
sku_name = var.sizes.mysql
administrator_login = "app"
administrator_password = random_password.this["mysql"].result
delegated_subnet_id = azurerm_subnet.mysql.id
private_dns_zone_id = azurerm_private_dns_zone.mysql.id
backup_retention_days = 14

storage {
size_gb = 20
auto_grow_enabled = true
}

dynamic "high_availability" {
for_each = var.high_availability ? ["ZoneRedundant"] : []

content {
mode = high_availability.value
}
}

# Azure chooses the zones, and changes them when it fails over.
lifecycle {
ignore_changes = [zone, high_availability[0].standby_availability_zone]
}

depends_on = [azurerm_private_dns_zone_virtual_network_link.mysql]
}

${common.mysql}

${lock('mysql', 'azurerm_mysql_flexible_server.mysql.id')}

locals {
mysql = {
host = azurerm_mysql_flexible_server.mysql.fqdn
password = azurerm_mysql_flexible_server.mysql.administrator_password
}
}`;

/** Azure SQL, by a private endpoint. */
export const sqlserver = hcl`resource "azurerm_mssql_server" "sqlserver" {
name = "\${var.name}-sqlserver-\${var.unique}"
location = var.location
resource_group_name = var.resource_group_name
version = "12.0"
administrator_login = "app"
administrator_login_password = "\${random_password.this["sqlserver"].result}aA1"
minimum_tls_version = "1.2"
public_network_access_enabled = false
}

${common.sqlserver}
}

${endpoint('sqlserver', 'privatelink.database.windows.net', 'azurerm_mssql_server.sqlserver.id', 'sqlServer')}

${lock('sqlserver', 'azurerm_mssql_server.sqlserver.id')}

locals {
sqlserver = {
host = azurerm_mssql_server.sqlserver.fully_qualified_domain_name
password = azurerm_mssql_server.sqlserver.administrator_login_password
}
}`;
