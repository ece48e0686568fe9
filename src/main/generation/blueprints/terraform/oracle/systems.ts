import { hcl } from '../hcl/source.ts';
import type { ManagedSystem } from '../wire.ts';

const postgres = hcl`resource "oci_psql_db_system" "postgres" {
compartment_id = var.compartment_id
display_name = "\${var.name}-postgres"
db_version = "16"
shape = var.sizes.postgres
instance_count = var.high_availability ? 2 : 1
instance_ocpu_count = 2
instance_memory_size_in_gbs = 32

credentials {
username = "app"

password_details {
password_type = "PLAIN_TEXT"
password = "\${random_password.this["postgres"].result}-aA1"
}
}

network_details {
subnet_id = var.subnet_id
nsg_ids = [var.data_group_id]
}

storage_details {
system_type = "OCI_OPTIMIZED_STORAGE"
is_regionally_durable = true
}

management_policy {
backup_policy {
kind = "DAILY"
backup_start = "02:00"
retention_days = 14
}
}
}

locals {
postgres = {
host = oci_psql_db_system.postgres.network_details[0].primary_db_endpoint_private_ip
password = "\${random_password.this["postgres"].result}-aA1"
}
}`;

const mysql = hcl`data "oci_identity_availability_domains" "mysql" {
compartment_id = var.compartment_id
}

resource "oci_mysql_mysql_db_system" "mysql" {
compartment_id = var.compartment_id
availability_domain = data.oci_identity_availability_domains.mysql.availability_domains[0].name
display_name = "\${var.name}-mysql"
shape_name = var.sizes.mysql
subnet_id = var.subnet_id
nsg_ids = [var.data_group_id]
admin_username = "app"
admin_password = "\${random_password.this["mysql"].result}-aA1"
data_storage_size_in_gb = 50
is_highly_available = var.high_availability

backup_policy {
is_enabled = true
retention_in_days = 14

pitr_policy {
is_enabled = true
}
}

deletion_policy {
is_delete_protected = var.deletion_protection
final_backup = "REQUIRE_FINAL_BACKUP"
automatic_backup_retention = "RETAIN"
}
}

locals {
mysql = {
host = oci_mysql_mysql_db_system.mysql.ip_address
password = oci_mysql_mysql_db_system.mysql.admin_password
}
}`;

const redis = hcl`# Whom the network lets in needs no password; clients talk TLS.
resource "oci_redis_redis_cluster" "redis" {
compartment_id = var.compartment_id
display_name = "\${var.name}-redis"
software_version = "REDIS_7_0"
node_count = var.high_availability ? 2 : 1
node_memory_in_gbs = tonumber(var.sizes.redis)
subnet_id = var.subnet_id
nsg_ids = [var.data_group_id]
}

locals {
redis = {
host = oci_redis_redis_cluster.redis.primary_fqdn
}
}`;

const kafka = hcl`# Streaming speaks the protocol of Kafka. Clients log on with SASL, by a user's auth token.
resource "oci_streaming_stream_pool" "kafka" {
compartment_id = var.compartment_id
name = "\${var.name}-kafka"

kafka_settings {
auto_create_topics_enable = true
num_partitions = 3
log_retention_hours = 72
}

private_endpoint_settings {
subnet_id = var.subnet_id
nsg_ids = [var.data_group_id]
}
}

locals {
kafka = {
host = oci_streaming_stream_pool.kafka.endpoint_fqdn
}
}`;

/** Systems that Oracle Cloud runs for any client; the others are reached by an address of the user's. */
export const systems = {
  postgres: {
    port: 5432,
    tls: true,
    password: true,
    size: 'PostgreSQL.VM.Standard.E4.Flex',
    file: postgres,
  },
  mysql: { port: 3306, tls: false, password: true, size: 'MySQL.2', file: mysql },
  redis: { port: 6379, tls: true, password: false, size: '2', file: redis },
  kafka: { port: 9092, tls: true, password: false, size: null, file: kafka },
} as const satisfies Partial<Record<string, ManagedSystem>>;
