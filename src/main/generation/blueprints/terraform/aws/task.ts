import type { Variable } from '../file.ts';
import { hcl } from '../hcl/source.ts';
import type { Hcl } from '../hcl/value.ts';
import { ref } from '../hcl/value.ts';

/** The definition of a task, with volumes where any service keeps files. */
export function task(hasVolumes: boolean): Hcl {
  return hcl`locals {
container = {
name = var.name
image = var.image
essential = true

# A command takes the place of what the image starts, not only of its arguments.
entryPoint = var.command == null ? null : slice(var.command, 0, 1)
command = var.command == null ? null : slice(var.command, 1, length(var.command))
user = "\${var.user}:\${var.group}"
environment = [for name in sort(keys(var.env)) : { name = name, value = var.env[name] }]
secrets = [for name in sort(keys(var.secrets)) : { name = name, valueFrom = var.secrets[name] }]
portMappings = var.port == null ? [] : [{ name = "http", containerPort = var.port, protocol = "tcp", appProtocol = "http" }]
${hasVolumes ? ref('mountPoints = [for volume in sort(keys(var.volumes)) : { sourceVolume = volume, containerPath = var.volumes[volume], readOnly = false }]') : null}
# Lets a user that is not root listen on ports below 1024.
systemControls = try(var.port < 1024, false) ? [{ namespace = "net.ipv4.ip_unprivileged_port_start", value = "0" }] : []
linuxParameters = {
initProcessEnabled = true
capabilities = { drop = ["ALL"] }
}
logConfiguration = {
logDriver = "awslogs"
options = {
"awslogs-group" = var.log_group
"awslogs-region" = var.region
"awslogs-stream-prefix" = var.name
}
}
}
}

resource "aws_ecs_task_definition" "this" {
family = "\${var.prefix}-\${var.name}"
requires_compatibilities = ["FARGATE"]
network_mode = "awsvpc"
cpu = var.cpu
memory = var.memory
task_role_arn = var.task_role_arn
execution_role_arn = var.execution_role_arn

# Attributes without a value are left out, since ECS takes null for a change.
container_definitions = jsonencode([{ for name, held in local.container : name => held if held != null }])

runtime_platform {
operating_system_family = "LINUX"
cpu_architecture = "X86_64"
}
${hasVolumes ? volumes : null}
}`;
}

const volumes = hcl`
dynamic "volume" {
for_each = var.volumes

content {
name = volume.key

efs_volume_configuration {
file_system_id = var.file_system_id
transit_encryption = "ENABLED"

authorization_config {
access_point_id = var.access_point_ids[volume.key]
}
}
}
}`;

const text = (name: string, description: string): Variable => ({
  name,
  type: 'string',
  description,
});

/** What {@link task} is told. */
export function taskVariables(hasVolumes: boolean): readonly Variable[] {
  return [
    text('prefix', 'Start of every name.'),
    text('name', 'Name of the service.'),
    text('region', 'Region of its logs.'),
    text('image', 'Image with its tag.'),
    {
      name: 'command',
      type: 'list(string)',
      description: 'What runs in place of what the image says.',
      default: null,
    },
    {
      name: 'port',
      type: 'number',
      description: 'Port that it listens on; null for none.',
      default: null,
    },
    { name: 'cpu', type: 'number', description: 'Units of processors, 1024 each.' },
    { name: 'memory', type: 'number', description: 'Memory in MiB.' },
    { name: 'user', type: 'number', description: 'User of the process, never 0.' },
    { name: 'group', type: 'number', description: 'Group of the process.' },
    { name: 'env', type: 'map(string)', description: 'Variables.' },
    {
      name: 'secrets',
      type: 'map(string)',
      description: 'Secrets by the variables that they fill.',
    },
    text('task_role_arn', 'What the code may do.'),
    text('execution_role_arn', 'What ECS may do to start it.'),
    text('log_group', 'Where it writes its logs.'),
    ...(hasVolumes
      ? [
          {
            name: 'volumes',
            type: 'map(string)',
            description: 'Folders that outlive the task, by volume.',
          },
          text('file_system_id', 'Where the volumes are.'),
          {
            name: 'access_point_ids',
            type: 'map(string)',
            description: 'Ways into the volumes, by volume.',
          },
        ]
      : []),
  ];
}
