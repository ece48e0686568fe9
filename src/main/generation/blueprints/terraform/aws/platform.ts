import { moduleFiles, output, type TerraformFile } from '../file.ts';
import { hcl } from '../hcl/source.ts';
import { ref } from '../hcl/value.ts';
import { providers } from './providers.ts';

const cluster = hcl`resource "aws_ecs_cluster" "this" {
name = var.name

setting {
name = "containerInsights"
value = "enabled"
}
}

resource "aws_ecs_cluster_capacity_providers" "this" {
cluster_name = aws_ecs_cluster.this.name
capacity_providers = ["FARGATE", "FARGATE_SPOT"]

default_capacity_provider_strategy {
capacity_provider = "FARGATE"
weight = 1
}
}

# Services reach each other by their names: http://NAME.
resource "aws_service_discovery_http_namespace" "this" {
name = var.name
}

resource "aws_security_group" "services" {
name = "\${var.name}-services"
description = "All services of \${var.name}"
vpc_id = var.vpc_id
tags = { Name = "\${var.name}-services" }
}

resource "aws_vpc_security_group_ingress_rule" "between" {
security_group_id = aws_security_group.services.id
referenced_security_group_id = aws_security_group.services.id
ip_protocol = "tcp"
from_port = 1
to_port = 65535
description = "Services call each other"
}

resource "aws_vpc_security_group_egress_rule" "services" {
security_group_id = aws_security_group.services.id
cidr_ipv4 = "0.0.0.0/0"
ip_protocol = "-1"
description = "Databases, images, secrets and what the services call"
}`;

const balancer = hcl`resource "aws_security_group" "balancer" {
name = "\${var.name}-balancer"
description = "Load balancer of \${var.name}"
vpc_id = var.vpc_id
tags = { Name = "\${var.name}-balancer" }
}

resource "aws_vpc_security_group_ingress_rule" "balancer" {
for_each = toset(["80", "443"])

security_group_id = aws_security_group.balancer.id
cidr_ipv4 = "0.0.0.0/0"
ip_protocol = "tcp"
from_port = tonumber(each.key)
to_port = tonumber(each.key)
description = "Everyone"
}

resource "aws_vpc_security_group_egress_rule" "balancer" {
security_group_id = aws_security_group.balancer.id
referenced_security_group_id = aws_security_group.services.id
ip_protocol = "tcp"
from_port = 1
to_port = 65535
description = "Services"
}

resource "aws_vpc_security_group_ingress_rule" "services" {
security_group_id = aws_security_group.services.id
referenced_security_group_id = aws_security_group.balancer.id
ip_protocol = "tcp"
from_port = 1
to_port = 65535
description = "Load balancer"
}

resource "aws_lb" "this" {
name = var.name
load_balancer_type = "application"
internal = false
subnets = var.public_subnet_ids
security_groups = [aws_security_group.balancer.id]
drop_invalid_header_fields = true
enable_deletion_protection = var.deletion_protection
}

resource "aws_lb_listener" "http" {
load_balancer_arn = aws_lb.this.arn
port = 80
protocol = "HTTP"

default_action {
type = "redirect"

redirect {
port = "443"
protocol = "HTTPS"
status_code = "HTTP_301"
}
}
}

# Each public service adds a rule for its host; other hosts get nothing.
resource "aws_lb_listener" "https" {
load_balancer_arn = aws_lb.this.arn
port = 443
protocol = "HTTPS"
ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"
certificate_arn = var.certificate_arn

default_action {
type = "fixed-response"

fixed_response {
content_type = "text/plain"
message_body = "Not found"
status_code = "404"
}
}
}`;

/** `modules/platform`: the cluster, and the way in where any service is public. */
export function platformModule(isPublic: boolean): readonly TerraformFile[] {
  return moduleFiles(
    'platform',
    providers,
    [cluster, isPublic ? balancer : null],
    [
      { name: 'name', type: 'string', description: 'Start of every name.' },
      { name: 'vpc_id', type: 'string', description: 'The network.' },
      ...(isPublic
        ? [
            {
              name: 'public_subnet_ids',
              type: 'list(string)',
              description: 'Subnets of the load balancer.',
            },
            {
              name: 'certificate_arn',
              type: 'string',
              description: 'Certificate of the public hosts.',
            },
            {
              name: 'deletion_protection',
              type: 'bool',
              description: 'Whether the load balancer refuses to be destroyed.',
            },
          ]
        : []),
    ],
    [
      output('cluster_arn', 'The cluster.', ref('aws_ecs_cluster.this.arn')),
      output('cluster_name', 'Name of the cluster.', ref('aws_ecs_cluster.this.name')),
      output(
        'namespace_arn',
        'Where services find each other.',
        ref('aws_service_discovery_http_namespace.this.arn'),
      ),
      output('security_group_id', 'Group of all services.', ref('aws_security_group.services.id')),
      ...(isPublic
        ? [
            output(
              'listener_arn',
              'Listener that public services add their hosts to.',
              ref('aws_lb_listener.https.arn'),
            ),
            output('dns_name', 'Name that the public hosts point to.', ref('aws_lb.this.dns_name')),
          ]
        : []),
    ],
  );
}
