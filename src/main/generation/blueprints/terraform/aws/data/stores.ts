import { hcl } from '../../hcl/source.ts';
import { type Hcl, ref, str } from '../../hcl/value.ts';
import type { ManagedSystem } from '../../wire.ts';
import { minio } from './buckets.ts';

/** The group of a system, which lets the services in. */
export function door(system: string, port: number): Hcl {
  const name = ref(system);
  return hcl`resource "aws_security_group" ${str(system)} {
name = "\${var.name}-${name}"
description = "${name} of \${var.name}"
vpc_id = var.vpc_id
tags = { Name = "\${var.name}-${name}" }
}

resource "aws_vpc_security_group_ingress_rule" ${str(system)} {
security_group_id = aws_security_group.${name}.id
referenced_security_group_id = var.client_security_group_id
ip_protocol = "tcp"
from_port = ${port}
to_port = ${port}
description = "Services"
}`;
}

const redis = hcl`${door('redis', 6379)}

resource "aws_elasticache_subnet_group" "redis" {
name = "\${var.name}-redis"
subnet_ids = var.subnet_ids
}

# Valkey speaks the protocol of Redis, and is what ElastiCache develops.
resource "aws_elasticache_replication_group" "redis" {
replication_group_id = "\${var.name}-redis"
description = "Redis of \${var.name}"
engine = "valkey"
engine_version = "8.0"
node_type = var.sizes.redis
port = 6379
num_cache_clusters = var.high_availability ? 2 : 1
automatic_failover_enabled = var.high_availability
multi_az_enabled = var.high_availability
subnet_group_name = aws_elasticache_subnet_group.redis.name
security_group_ids = [aws_security_group.redis.id]
auth_token = random_password.this["redis"].result
auth_token_update_strategy = "ROTATE"
at_rest_encryption_enabled = true
transit_encryption_enabled = true
snapshot_retention_limit = 7
}

locals {
redis = {
host = aws_elasticache_replication_group.redis.primary_endpoint_address
password = random_password.this["redis"].result
}
}`;

const memcached = hcl`${door('memcached', 11211)}

resource "aws_elasticache_subnet_group" "memcached" {
name = "\${var.name}-memcached"
subnet_ids = var.subnet_ids
}

resource "aws_elasticache_cluster" "memcached" {
cluster_id = "\${var.name}-memcached"
engine = "memcached"
node_type = var.sizes.memcached
num_cache_nodes = 1
port = 11211
subnet_group_name = aws_elasticache_subnet_group.memcached.name
security_group_ids = [aws_security_group.memcached.id]
}

locals {
memcached = {
host = aws_elasticache_cluster.memcached.cache_nodes[0].address
}
}`;

const mongodb = hcl`${door('mongodb', 27017)}

resource "aws_docdb_subnet_group" "mongodb" {
name = "\${var.name}-mongodb"
subnet_ids = var.subnet_ids
}

# DocumentDB speaks the protocol of MongoDB 5.0; clients trust its certificates by the bundle at
# https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem
resource "aws_docdb_cluster" "mongodb" {
cluster_identifier = "\${var.name}-mongodb"
engine = "docdb"
engine_version = "5.0.0"
master_username = "app"
master_password = random_password.this["mongodb"].result
db_subnet_group_name = aws_docdb_subnet_group.mongodb.name
vpc_security_group_ids = [aws_security_group.mongodb.id]
storage_encrypted = true
backup_retention_period = 14
enabled_cloudwatch_logs_exports = ["audit"]
deletion_protection = var.deletion_protection
skip_final_snapshot = !var.deletion_protection
final_snapshot_identifier = "\${var.name}-mongodb-final"
}

resource "aws_docdb_cluster_instance" "mongodb" {
count = var.high_availability ? 2 : 1

identifier = "\${var.name}-mongodb-\${count.index}"
cluster_identifier = aws_docdb_cluster.mongodb.id
instance_class = var.sizes.mongodb
}

locals {
mongodb = {
host = aws_docdb_cluster.mongodb.endpoint
password = aws_docdb_cluster.mongodb.master_password
}
}`;

const opensearch = hcl`${door('opensearch', 443)}

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

resource "aws_opensearch_domain" "opensearch" {
domain_name = "\${var.name}-search"
engine_version = "OpenSearch_2.19"

cluster_config {
instance_type = var.sizes.opensearch
instance_count = var.high_availability ? 2 : 1
zone_awareness_enabled = var.high_availability
}

ebs_options {
ebs_enabled = true
volume_type = "gp3"
volume_size = 20
}

vpc_options {
subnet_ids = slice(var.subnet_ids, 0, var.high_availability ? 2 : 1)
security_group_ids = [aws_security_group.opensearch.id]
}

encrypt_at_rest {
enabled = true
}

node_to_node_encryption {
enabled = true
}

domain_endpoint_options {
enforce_https = true
tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
}

# Whom the security group lets in may speak to it: the conventions of its clients have no password.
access_policies = jsonencode({
Version = "2012-10-17"
Statement = [{
Effect = "Allow"
Action = "es:ESHttp*"
Principal = { AWS = "*" }
Resource = "arn:aws:es:\${data.aws_region.current.region}:\${data.aws_caller_identity.current.account_id}:domain/\${var.name}-search/*"
}]
})
}

locals {
opensearch = {
host = aws_opensearch_domain.opensearch.endpoint
}
}`;

/** Caches, documents, search and objects. */
export const stores: Readonly<
  Record<'redis' | 'memcached' | 'mongodb' | 'opensearch' | 'minio', ManagedSystem>
> = {
  redis: { port: 6379, tls: true, password: true, size: 'cache.t4g.micro', file: redis },
  memcached: { port: 11211, tls: false, password: false, size: 'cache.t4g.micro', file: memcached },
  mongodb: { port: 27017, tls: true, password: true, size: 'db.t4g.medium', file: mongodb },
  opensearch: { port: 443, tls: true, password: false, size: 't3.small.search', file: opensearch },
  minio: {
    port: 443,
    tls: true,
    user: true,
    password: true,
    ownPassword: true,
    size: null,
    file: minio,
  },
};
