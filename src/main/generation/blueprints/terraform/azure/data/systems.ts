import { hcl } from '../../hcl/source.ts';
import { type Hcl, ref, str } from '../../hcl/value.ts';
import type { ManagedSystem } from '../../wire.ts';

/** The name of a system within the network, which leads to `id` by a private endpoint. */
function endpoint(system: string, zone: string, id: string, part: string): Hcl {
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

function zoneOf(system: string, zone: string): Hcl {
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
function lock(system: string, id: string): Hcl {
  return hcl`resource "azurerm_management_lock" ${str(system)} {
count = var.deletion_protection ? 1 : 0

name = "keep"
scope = ${ref(id)}
lock_level = "CanNotDelete"
}`;
}

function subnet(system: string, service: string, index: number): Hcl {
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

const postgres = hcl`${subnet('postgres', 'Microsoft.DBforPostgreSQL/flexibleServers', 33)}

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

resource "azurerm_postgresql_flexible_server_database" "postgres" {
name = "app"
server_id = azurerm_postgresql_flexible_server.postgres.id
charset = "UTF8"
collation = "en_US.utf8"
}

${lock('postgres', 'azurerm_postgresql_flexible_server.postgres.id')}

locals {
postgres = {
host = azurerm_postgresql_flexible_server.postgres.fqdn
password = azurerm_postgresql_flexible_server.postgres.administrator_password
}
}`;

const mysql = hcl`${subnet('mysql', 'Microsoft.DBforMySQL/flexibleServers', 34)}

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

resource "azurerm_mysql_flexible_database" "mysql" {
name = "app"
resource_group_name = var.resource_group_name
server_name = azurerm_mysql_flexible_server.mysql.name
charset = "utf8mb4"
collation = "utf8mb4_unicode_ci"
}

${lock('mysql', 'azurerm_mysql_flexible_server.mysql.id')}

locals {
mysql = {
host = azurerm_mysql_flexible_server.mysql.fqdn
password = azurerm_mysql_flexible_server.mysql.administrator_password
}
}`;

const sqlserver = hcl`resource "azurerm_mssql_server" "sqlserver" {
name = "\${var.name}-sqlserver-\${var.unique}"
location = var.location
resource_group_name = var.resource_group_name
version = "12.0"
administrator_login = "app"
administrator_login_password = "\${random_password.this["sqlserver"].result}aA1"
minimum_tls_version = "1.2"
public_network_access_enabled = false
}

resource "azurerm_mssql_database" "sqlserver" {
name = "app"
server_id = azurerm_mssql_server.sqlserver.id
sku_name = var.sizes.sqlserver
zone_redundant = var.high_availability

short_term_retention_policy {
retention_days = 14
}
}

${endpoint('sqlserver', 'privatelink.database.windows.net', 'azurerm_mssql_server.sqlserver.id', 'sqlServer')}

${lock('sqlserver', 'azurerm_mssql_server.sqlserver.id')}

locals {
sqlserver = {
host = azurerm_mssql_server.sqlserver.fully_qualified_domain_name
password = azurerm_mssql_server.sqlserver.administrator_login_password
}
}`;

const redis = hcl`resource "azurerm_managed_redis" "redis" {
name = "\${var.name}-redis-\${var.unique}"
location = var.location
resource_group_name = var.resource_group_name
sku_name = var.sizes.redis
high_availability_enabled = var.high_availability
public_network_access = "Disabled"

default_database {
access_keys_authentication_enabled = true
client_protocol = "Encrypted"

# Clients need not know of the shards.
clustering_policy = "EnterpriseCluster"
eviction_policy = "NoEviction"
}
}

${endpoint('redis', 'privatelink.redis.azure.net', 'azurerm_managed_redis.redis.id', 'redisEnterprise')}

${lock('redis', 'azurerm_managed_redis.redis.id')}

locals {
redis = {
host = azurerm_managed_redis.redis.hostname
password = azurerm_managed_redis.redis.default_database[0].primary_access_key
}
}`;

const mongodb = hcl`# Cosmos DB speaks the protocol of MongoDB.
resource "azurerm_cosmosdb_account" "mongodb" {
name = "\${var.name}-mongodb-\${var.unique}"
location = var.location
resource_group_name = var.resource_group_name
kind = "MongoDB"
offer_type = "Standard"
mongo_server_version = "7.0"
public_network_access_enabled = false

capabilities {
name = "EnableMongo"
}

consistency_policy {
consistency_level = "Session"
}

geo_location {
location = var.location
failover_priority = 0
zone_redundant = var.high_availability
}

backup {
type = "Continuous"
tier = "Continuous7Days"
}
}

${endpoint('mongodb', 'privatelink.mongo.cosmos.azure.com', 'azurerm_cosmosdb_account.mongodb.id', 'MongoDB')}

${lock('mongodb', 'azurerm_cosmosdb_account.mongodb.id')}

locals {
mongodb = {
host = "\${azurerm_cosmosdb_account.mongodb.name}.mongo.cosmos.azure.com"
user = azurerm_cosmosdb_account.mongodb.name
password = azurerm_cosmosdb_account.mongodb.primary_key
}
}`;

const kafka = hcl`# Event Hubs speaks the protocol of Kafka. Clients log on with SASL: the name is $ConnectionString,
# the password a connection string of the namespace.
resource "azurerm_eventhub_namespace" "kafka" {
name = "\${var.name}-kafka-\${var.unique}"
location = var.location
resource_group_name = var.resource_group_name
sku = "Standard"
capacity = 1
minimum_tls_version = "1.2"
public_network_access_enabled = false
}

${endpoint('kafka', 'privatelink.servicebus.windows.net', 'azurerm_eventhub_namespace.kafka.id', 'namespace')}

locals {
kafka = {
host = "\${azurerm_eventhub_namespace.kafka.name}.servicebus.windows.net"
}
}`;

/** Systems that Azure runs; it has none for MariaDB, Memcached, RabbitMQ, S3 and search. */
export const systems = {
  postgres: { port: 5432, tls: true, password: true, size: 'GP_Standard_D2ds_v5', file: postgres },
  mysql: { port: 3306, tls: true, password: true, size: 'GP_Standard_D2ds_v4', file: mysql },
  sqlserver: {
    port: 1433,
    tls: true,
    user: 'app',
    database: 'app',
    password: true,
    size: 'GP_S_Gen5_2',
    file: sqlserver,
  },
  redis: {
    port: 10000,
    tls: true,
    password: true,
    ownPassword: true,
    size: 'Balanced_B1',
    file: redis,
  },
  mongodb: {
    port: 10255,
    tls: true,
    user: true,
    password: true,
    ownPassword: true,
    size: null,
    file: mongodb,
  },
  kafka: { port: 9093, tls: true, password: false, size: null, file: kafka },
} as const satisfies Partial<Record<string, ManagedSystem>>;
