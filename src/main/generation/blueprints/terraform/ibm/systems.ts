import { hcl } from '../hcl/source.ts';
import { type Hcl, ref, str } from '../hcl/value.ts';
import type { ManagedSystem } from '../wire.ts';

function database(system: string, service: string, plan: string, field: string): Hcl {
  const name = ref(system);
  const connection = ref(`data.ibm_database_connection.${system}.${field}[0].hosts[0]`);
  return hcl`resource "ibm_database" ${str(system)} {
name = "\${var.name}-${name}"
service = ${str(service)}
plan = ${str(plan)}
location = var.region
resource_group_id = var.resource_group_id
adminpassword = random_password.this["${name}"].result
service_endpoints = "private"
deletion_protection = var.deletion_protection

group {
group_id = "member"

host_flavor {
id = var.sizes.${name}
}
}
}

data "ibm_database_connection" ${str(system)} {
deployment_id = ibm_database.${name}.id
endpoint_type = "private"
user_id = "admin"
user_type = "database"
}

locals {
${name} = {
host = ${connection}.hostname
port = ${connection}.port
password = ibm_database.${name}.adminpassword
certificate = data.ibm_database_connection.${name}.${ref(field)}[0].certificate[0].certificate_base64
}
}`;
}

const kafka = hcl`# Clients log on with SASL: the name is "token", the password the key's apikey.
resource "ibm_resource_instance" "kafka" {
name = "\${var.name}-kafka"
service = "messagehub"
plan = var.sizes.kafka
location = var.region
resource_group_id = var.resource_group_id
service_endpoints = "private"
}

resource "ibm_resource_key" "kafka" {
name = "\${var.name}-kafka"
resource_instance_id = ibm_resource_instance.kafka.id
role = "Writer"
}

locals {
kafka = {
# The first of its brokers tells clients of the others.
host = split(":", nonsensitive(jsondecode(ibm_resource_key.kafka.credentials_json)).kafka_brokers_sasl[0])[0]
}
}`;

const minio = hcl`resource "ibm_resource_instance" "minio" {
name = "\${var.name}-objects"
service = "cloud-object-storage"
plan = "standard"
location = "global"
resource_group_id = var.resource_group_id
}

resource "ibm_cos_bucket" "minio" {
bucket_name = "\${var.name}-\${substr(sha1(ibm_resource_instance.minio.guid), 0, 8)}"
resource_instance_id = ibm_resource_instance.minio.id
region_location = var.region
storage_class = "smart"
force_delete = !var.deletion_protection

object_versioning {
enable = true
}
}

# Object Storage speaks the protocol of S3 to this key.
resource "ibm_resource_key" "minio" {
name = "\${var.name}-objects"
resource_instance_id = ibm_resource_instance.minio.id
role = "Writer"
parameters = { HMAC = true }
}

locals {
minio = {
host = ibm_cos_bucket.minio.s3_endpoint_private
bucket = ibm_cos_bucket.minio.bucket_name
user = nonsensitive(ibm_resource_key.minio.credentials["cos_hmac_keys.access_key_id"])
password = ibm_resource_key.minio.credentials["cos_hmac_keys.secret_access_key"]
}
}`;

const common = {
  port: true,
  tls: true,
  user: 'admin',
  password: true,
  certificate: true,
  size: 'multitenant',
  note: 'Certificates of its databases are of an authority of their own: give clients that verify them what the output data_certificates holds.',
} as const;

/** Systems that IBM Cloud runs; it has none for MariaDB, SQL Server, Memcached and OpenSearch. */
export const systems = {
  postgres: {
    ...common,
    database: 'ibmclouddb',
    file: database('postgres', 'databases-for-postgresql', 'standard', 'postgres'),
  },
  mysql: {
    ...common,
    database: 'ibmclouddb',
    file: database('mysql', 'databases-for-mysql', 'standard', 'mysql'),
  },
  redis: {
    ...common,
    database: '0',
    file: database('redis', 'databases-for-redis', 'standard', 'rediss'),
  },
  rabbitmq: { ...common, file: database('rabbitmq', 'messages-for-rabbitmq', 'standard', 'amqps') },
  kafka: { port: 9093, tls: true, password: false, size: 'standard', file: kafka },
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
