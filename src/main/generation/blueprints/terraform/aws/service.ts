import { moduleFiles, output, type TerraformFile } from '../file.ts';
import { hcl } from '../hcl/source.ts';
import type { Hcl } from '../hcl/value.ts';
import { ref } from '../hcl/value.ts';
import { providers } from './providers.ts';
import { task, taskVariables } from './task.ts';

function service(isPublic: boolean): Hcl {
  return hcl`resource "aws_ecs_service" "this" {
name = var.name
cluster = var.cluster_arn
task_definition = aws_ecs_task_definition.this.arn
desired_count = var.min
launch_type = "FARGATE"
propagate_tags = "SERVICE"
${isPublic ? ref('health_check_grace_period_seconds = var.public ? 120 : null') : null}

# Files in a volume have one writer: the old task stops before the new one starts.
deployment_minimum_healthy_percent = var.max == 1 && var.keeps_files ? 0 : 100
deployment_maximum_percent = var.max == 1 && var.keeps_files ? 100 : 200

deployment_circuit_breaker {
enable = true
rollback = true
}

network_configuration {
subnets = var.subnet_ids
security_groups = [var.security_group_id]
assign_public_ip = false
}

service_connect_configuration {
enabled = true
namespace = var.namespace_arn

dynamic "service" {
for_each = var.port == null ? [] : [var.port]

content {
port_name = "http"
discovery_name = var.name

client_alias {
dns_name = var.name
# As in every other file: a caller may know the port, and be told the host alone.
port = service.value
}
}
}
}
${isPublic ? loadBalancer : null}

lifecycle {
ignore_changes = [desired_count]
}
}`;
}

const loadBalancer = hcl`
dynamic "load_balancer" {
for_each = var.public ? [aws_lb_target_group.this[0].arn] : []

content {
target_group_arn = load_balancer.value
container_name = var.name
container_port = var.port
}
}

depends_on = [aws_lb_listener_rule.this]`;

const target = hcl`resource "aws_lb_target_group" "this" {
count = var.public ? 1 : 0

# A group that is in use cannot be replaced under the same name.
name_prefix = "\${substr(var.name, 0, 5)}-"
vpc_id = var.vpc_id
target_type = "ip"
protocol = "HTTP"
port = var.port
deregistration_delay = 30

# Where the source shows no path for checks, any answer that is no error of the server will do.
health_check {
path = coalesce(var.health_path, "/")
matcher = var.health_path == null ? "200-499" : "200-299"
interval = 15
timeout = 5
healthy_threshold = 2
unhealthy_threshold = 3
}

lifecycle {
create_before_destroy = true
}
}

resource "aws_lb_listener_rule" "this" {
count = var.public ? 1 : 0

listener_arn = var.listener_arn

action {
type = "forward"
target_group_arn = aws_lb_target_group.this[0].arn
}

condition {
host_header {
values = [var.host]
}
}
}`;

const scaling = hcl`resource "aws_appautoscaling_target" "this" {
count = var.max > var.min ? 1 : 0

service_namespace = "ecs"
resource_id = "service/\${var.cluster_name}/\${aws_ecs_service.this.name}"
scalable_dimension = "ecs:service:DesiredCount"
min_capacity = var.min
max_capacity = var.max
}

resource "aws_appautoscaling_policy" "this" {
count = var.max > var.min ? 1 : 0

name = "processor"
policy_type = "TargetTrackingScaling"
service_namespace = aws_appautoscaling_target.this[0].service_namespace
resource_id = aws_appautoscaling_target.this[0].resource_id
scalable_dimension = aws_appautoscaling_target.this[0].scalable_dimension

target_tracking_scaling_policy_configuration {
target_value = 75
scale_in_cooldown = 300
scale_out_cooldown = 60

predefined_metric_specification {
predefined_metric_type = "ECSServiceAverageCPUUtilization"
}
}
}`;

/** `modules/service`: a service that keeps running, behind the load balancer where it is public. */
export function serviceModule(isPublic: boolean, hasVolumes: boolean): readonly TerraformFile[] {
  const text = (name: string, description: string) => ({ name, type: 'string', description });
  return moduleFiles(
    'service',
    providers,
    [task(hasVolumes), isPublic ? target : null, service(isPublic), scaling],
    [
      ...taskVariables(hasVolumes),
      text('cluster_arn', 'The cluster.'),
      text('cluster_name', 'Name of the cluster.'),
      text('namespace_arn', 'Where services find each other.'),
      { name: 'subnet_ids', type: 'list(string)', description: 'Subnets of the tasks.' },
      text('security_group_id', 'Group of the tasks.'),
      { name: 'min', type: 'number', description: 'Fewest tasks.' },
      { name: 'max', type: 'number', description: 'Most tasks.' },
      { name: 'keeps_files', type: 'bool', description: 'Whether it writes to a volume.' },
      ...(isPublic
        ? [
            { name: 'public', type: 'bool', description: 'Whether the load balancer leads to it.' },
            {
              name: 'host',
              type: 'string',
              description: 'Host that it answers on, where it is public.',
              default: null,
            },
            {
              name: 'health_path',
              type: 'string',
              description: 'Path that answers 2xx when it is well.',
              default: null,
            },
            text('vpc_id', 'The network.'),
            text('listener_arn', 'Listener of the load balancer.'),
          ]
        : []),
    ],
    [
      output('name', 'Name of the service in the cluster.', ref('aws_ecs_service.this.name')),
      output('task_definition_arn', 'What it runs.', ref('aws_ecs_task_definition.this.arn')),
    ],
  );
}

/** `modules/job`: a task that runs to its end, when it is told to or by a schedule. */
export function jobModule(hasVolumes: boolean): readonly TerraformFile[] {
  return moduleFiles('job', providers, [task(hasVolumes)], taskVariables(hasVolumes), [
    output(
      'task_definition_arn',
      'What aws ecs run-task starts.',
      ref('aws_ecs_task_definition.this.arn'),
    ),
  ]);
}
