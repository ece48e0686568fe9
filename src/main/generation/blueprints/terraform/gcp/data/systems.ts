import { hcl } from '../../hcl/source.ts';
import { type Hcl, ref, str } from '../../hcl/value.ts';
import { type ManagedSystem, mysqlByTls } from '../../wire.ts';

/** The database that services share which name none of their own. */
const common = (system: string): Hcl => hcl`resource "google_sql_database" ${str(system)} {
name = "app"
instance = google_sql_database_instance.${ref(system)}.name
}`;

function sql(system: string, version: string, logs: Hcl | null): Hcl {
  const name = ref(system);
  const isServer = system === 'sqlserver';
  return hcl`resource "google_sql_database_instance" ${str(system)} {
name = "\${var.name}-${name}"
database_version = ${str(version)}
region = var.region
deletion_protection = var.deletion_protection
${isServer ? ref('root_password = random_password.this["sqlserver"].result') : null}

settings {
tier = var.sizes.${name}
edition = "ENTERPRISE"
availability_type = var.high_availability ? "REGIONAL" : "ZONAL"
disk_autoresize = true
deletion_protection_enabled = var.deletion_protection

ip_configuration {
ipv4_enabled = false
private_network = var.network_id
ssl_mode = "ENCRYPTED_ONLY"
}

backup_configuration {
enabled = true
${system === 'mysql' ? ref('binary_log_enabled = true') : ref('point_in_time_recovery_enabled = true')}

backup_retention_settings {
retained_backups = 14
}
}
${logs}
}
}

${common(system)}

resource "google_sql_user" ${str(system)} {
name = "app"
instance = google_sql_database_instance.${name}.name
password = random_password.this["${name}"].result
}

locals {
${name} = {
host = google_sql_database_instance.${name}.private_ip_address
password = google_sql_user.${name}.password
}
}`;
}

const waits = hcl`
database_flags {
name = "log_lock_waits"
value = "on"
}`;

const redis = hcl`resource "google_redis_instance" "redis" {
name = "\${var.name}-redis"
region = var.region
tier = var.high_availability ? "STANDARD_HA" : "BASIC"
memory_size_gb = tonumber(var.sizes.redis)
redis_version = "REDIS_7_2"
authorized_network = var.network_id
connect_mode = "PRIVATE_SERVICE_ACCESS"
auth_enabled = true

# Its certificate is of an authority of its own, which no client trusts by itself.
transit_encryption_mode = "SERVER_AUTHENTICATION"

persistence_config {
persistence_mode = "RDB"
rdb_snapshot_period = "TWELVE_HOURS"
}
}

locals {
redis = {
host = google_redis_instance.redis.host
password = google_redis_instance.redis.auth_string
certificate = base64encode(join("\\n", google_redis_instance.redis.server_ca_certs[*].cert))
}
}`;

const memcached = hcl`resource "google_memcache_instance" "memcached" {
name = "\${var.name}-memcached"
region = var.region
authorized_network = var.network_id
node_count = 1
memcache_version = "MEMCACHE_1_6_15"

node_config {
cpu_count = 1
memory_size_mb = tonumber(var.sizes.memcached)
}
}

locals {
memcached = {
host = google_memcache_instance.memcached.memcache_nodes[0].host
}
}`;

const kafka = hcl`# Clients log on by their service account (SASL/OAUTHBEARER), with roles/managedkafka.client.
resource "google_managed_kafka_cluster" "kafka" {
cluster_id = "\${var.name}-kafka"
location = var.region

capacity_config {
vcpu_count = "3"
memory_bytes = "3221225472"
}

gcp_config {
access_config {
network_configs {
subnet = var.subnet_id
}
}
}
}

locals {
kafka = {
host = "bootstrap.\${google_managed_kafka_cluster.kafka.cluster_id}.\${var.region}.managedkafka.\${google_managed_kafka_cluster.kafka.project}.cloud.goog"
}
}`;

const minio = hcl`resource "google_storage_bucket" "minio" {
name = "\${var.project}-\${var.name}-objects"
location = var.region
uniform_bucket_level_access = true
public_access_prevention = "enforced"
force_destroy = !var.deletion_protection

versioning {
enabled = true
}
}

# Cloud Storage speaks the protocol of S3 to this account's key, for this bucket alone.
resource "google_service_account" "minio" {
account_id = substr("s3-\${var.name}", 0, 30)
display_name = "Bucket of \${var.name}"
}

resource "google_storage_bucket_iam_member" "minio" {
bucket = google_storage_bucket.minio.name
role = "roles/storage.objectUser"
member = google_service_account.minio.member
}

resource "google_storage_hmac_key" "minio" {
service_account_email = google_service_account.minio.email
}

locals {
minio = {
host = "storage.googleapis.com"
bucket = google_storage_bucket.minio.name
user = google_storage_hmac_key.minio.access_id
password = google_storage_hmac_key.minio.secret
}
}`;

/** Databases of single services beside the common one. */
const more =
  (system: string) =>
  (names: Hcl): Hcl =>
    hcl`# Databases that single services have to themselves.
resource "google_sql_database" "${ref(system)}_services" {
for_each = toset(${names})

name = each.value
instance = google_sql_database_instance.${ref(system)}.name
}`;

const database = (
  system: string,
  port: number,
  tls: boolean,
  file: Hcl,
  user?: string,
): ManagedSystem => ({
  port,
  tls,
  password: true,
  databases: more(system),
  common: common(system),
  size: user ? 'db-custom-2-8192' : 'db-custom-1-3840',
  file,
  ...(user ? { user, database: 'app' } : {}),
});

/** Systems that Google Cloud runs; it has none for MariaDB, MongoDB, RabbitMQ and search. */
export const systems = {
  postgres: database('postgres', 5432, true, sql('postgres', 'POSTGRES_17', waits)),
  mysql: {
    ...database('mysql', 3306, false, sql('mysql', 'MYSQL_8_4', null)),
    note: mysqlByTls,
  },
  sqlserver: database(
    'sqlserver',
    1433,
    false,
    sql('sqlserver', 'SQLSERVER_2022_STANDARD', null),
    'app',
  ),
  redis: {
    port: 6378,
    tls: true,
    password: true,
    ownPassword: true,
    certificate: true,
    size: '1',
    file: redis,
    note: 'Redis answers by TLS on port 6378, with a certificate of an authority of its own: give its clients what the output data_certificates holds.',
  },
  memcached: { port: 11211, tls: false, password: false, size: '1024', file: memcached },
  kafka: { port: 9092, tls: true, password: false, size: null, file: kafka },
  minio: {
    port: 443,
    tls: true,
    user: true,
    password: true,
    ownPassword: true,
    size: null,
    file: minio,
  },
} as const satisfies Partial<Record<string, ManagedSystem>>;
