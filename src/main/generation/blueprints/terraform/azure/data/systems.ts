import { hcl } from '../../hcl/source.ts';
import { type ManagedSystem, mysqlByTls } from '../../wire.ts';
import { endpoint, lock } from './network.ts';
import { common, moreDatabases, mysql, postgres, sqlserver } from './relational.ts';

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
  postgres: {
    port: 5432,
    tls: true,
    password: true,
    size: 'GP_Standard_D2ds_v5',
    file: postgres,
    databases: moreDatabases.postgres,
    common: common.postgres,
  },
  mysql: {
    port: 3306,
    tls: true,
    password: true,
    size: 'GP_Standard_D2ds_v4',
    file: mysql,
    databases: moreDatabases.mysql,
    common: common.mysql,
    note: mysqlByTls,
  },
  sqlserver: {
    port: 1433,
    tls: true,
    user: 'app',
    database: 'app',
    password: true,
    size: 'GP_S_Gen5_2',
    file: sqlserver,
    databases: moreDatabases.sqlserver,
    common: common.sqlserver,
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
