import { hcl } from '../../hcl/source.ts';
import type { ManagedSystem } from '../../wire.ts';
import { door } from './stores.ts';

const rabbitmq = hcl`${door('rabbitmq', 5671)}

resource "aws_mq_broker" "rabbitmq" {
broker_name = "\${var.name}-rabbitmq"
engine_type = "RabbitMQ"
engine_version = "3.13"
host_instance_type = var.sizes.rabbitmq
deployment_mode = var.high_availability ? "CLUSTER_MULTI_AZ" : "SINGLE_INSTANCE"
subnet_ids = var.high_availability ? var.subnet_ids : slice(var.subnet_ids, 0, 1)
security_groups = [aws_security_group.rabbitmq.id]
publicly_accessible = false
auto_minor_version_upgrade = true

user {
username = "app"
password = random_password.this["rabbitmq"].result
}

logs {
general = true
}
}

locals {
rabbitmq = {
# The endpoint is amqps://HOST:5671.
host = split(":", trimprefix(aws_mq_broker.rabbitmq.instances[0].endpoints[0], "amqps://"))[0]
password = random_password.this["rabbitmq"].result
}
}`;

const kafka = hcl`${door('kafka', 9094)}

resource "aws_cloudwatch_log_group" "kafka" {
name = "/msk/\${var.name}"
retention_in_days = 30
}

resource "aws_msk_cluster" "kafka" {
cluster_name = "\${var.name}-kafka"
kafka_version = "3.8.x"
number_of_broker_nodes = length(var.subnet_ids)

broker_node_group_info {
instance_type = var.sizes.kafka
client_subnets = var.subnet_ids
security_groups = [aws_security_group.kafka.id]

storage_info {
ebs_storage_info {
volume_size = 50
}
}
}

# Clients talk TLS to port 9094; whom the security group lets in needs no password.
client_authentication {
unauthenticated = true
}

encryption_info {
encryption_in_transit {
client_broker = "TLS"
in_cluster = true
}
}

logging_info {
broker_logs {
cloudwatch_logs {
enabled = true
log_group = aws_cloudwatch_log_group.kafka.name
}
}
}
}

locals {
kafka = {
# The first of its brokers tells clients of the others.
host = split(":", split(",", aws_msk_cluster.kafka.bootstrap_brokers_tls)[0])[0]
}
}`;

/** Message brokers. */
export const brokers: Readonly<Record<'rabbitmq' | 'kafka', ManagedSystem>> = {
  rabbitmq: { port: 5671, tls: true, password: true, size: 'mq.m5.large', file: rabbitmq },
  kafka: { port: 9094, tls: true, password: false, size: 'kafka.t3.small', file: kafka },
};
