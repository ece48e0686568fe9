import type { Compute } from '#shared/target.ts';
import { moduleFiles, output, outputAfter, type TerraformFile } from '../file.ts';
import { hcl } from '../hcl/source.ts';
import { ref } from '../hcl/value.ts';
import { withRandom } from './providers.ts';

const secrets = hcl`resource "aws_secretsmanager_secret" "this" {
for_each = setunion(var.secret_names, var.own_secrets)

name = "\${var.prefix}/\${var.name}/\${each.key}"
recovery_window_in_days = var.deletion_protection ? 30 : 0
}

resource "aws_secretsmanager_secret_version" "wired" {
for_each = var.secret_names

secret_id = aws_secretsmanager_secret.this[each.key].id
secret_string = var.secret_values[each.key]
}

resource "random_password" "own" {
for_each = var.own_secrets

length = 48
special = false
}

# A random value is right for a key that only this service uses. One that another system gives out
# is put in its place: aws secretsmanager put-secret-value --secret-id NAME --secret-string VALUE
resource "aws_secretsmanager_secret_version" "own" {
for_each = var.own_secrets

secret_id = aws_secretsmanager_secret.this[each.key].id
secret_string = random_password.own[each.key].result

lifecycle {
ignore_changes = [secret_string]
}
}`;

const tasks = hcl`locals {
assume = jsonencode({
Version = "2012-10-17"
Statement = [{
Effect = "Allow"
Action = "sts:AssumeRole"
Principal = { Service = "ecs-tasks.amazonaws.com" }
}]
})
}

# What the code itself may do. It starts with nothing: add what it calls.
resource "aws_iam_role" "task" {
name = "\${var.prefix}-\${var.name}-task"
assume_role_policy = local.assume
}

# What ECS may do to start it: pull its image, read its secrets, write its logs.
resource "aws_iam_role" "execution" {
name = "\${var.prefix}-\${var.name}-start"
assume_role_policy = local.assume
}

resource "aws_iam_role_policy" "execution" {
name = "start"
role = aws_iam_role.execution.id
policy = jsonencode({
Version = "2012-10-17"
Statement = concat(
[
{
Effect = "Allow"
Action = ["ecr:GetAuthorizationToken"]
Resource = "*"
},
{
Effect = "Allow"
Action = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
Resource = var.repository_arn
},
{
Effect = "Allow"
Action = ["logs:CreateLogStream", "logs:PutLogEvents"]
Resource = "\${aws_cloudwatch_log_group.this.arn}:*"
},
],
length(aws_secretsmanager_secret.this) == 0 ? [] : [
{
Effect = "Allow"
Action = ["secretsmanager:GetSecretValue"]
Resource = [for secret in aws_secretsmanager_secret.this : secret.arn]
},
],
)
})
}

resource "aws_cloudwatch_log_group" "this" {
name = "/ecs/\${var.prefix}/\${var.name}"
retention_in_days = var.log_retention_days
}`;

const pods = hcl`# What the pods of the service may do: read their secrets. Add what the code itself calls.
resource "aws_iam_role" "pod" {
name = "\${var.prefix}-\${var.name}"
assume_role_policy = jsonencode({
Version = "2012-10-17"
Statement = [{
Effect = "Allow"
Action = ["sts:AssumeRole", "sts:TagSession"]
Principal = { Service = "pods.eks.amazonaws.com" }
}]
})
}

resource "aws_iam_role_policy" "secrets" {
count = length(aws_secretsmanager_secret.this) == 0 ? 0 : 1

name = "read-secrets"
role = aws_iam_role.pod.id
policy = jsonencode({
Version = "2012-10-17"
Statement = [{
Effect = "Allow"
Action = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
Resource = [for secret in aws_secretsmanager_secret.this : secret.arn]
}]
})
}

resource "aws_eks_pod_identity_association" "this" {
cluster_name = var.cluster_name
namespace = var.namespace
service_account = var.service_account
role_arn = aws_iam_role.pod.arn
}`;

/** `modules/identity`: who a service is, and the secrets that it alone reads. */
export function identityModule(compute: Compute): readonly TerraformFile[] {
  const text = (name: string, description: string) => ({ name, type: 'string', description });
  const containers = compute === 'containers';
  return moduleFiles(
    'identity',
    withRandom,
    [secrets, containers ? tasks : pods],
    [
      text('prefix', 'Start of every name.'),
      text('name', 'Name of the service.'),
      { name: 'secret_names', type: 'set(string)', description: 'Secrets whose values are given.' },
      {
        name: 'secret_values',
        type: 'map(string)',
        description: 'Values of these secrets.',
        sensitive: true,
      },
      {
        name: 'own_secrets',
        type: 'set(string)',
        description: 'Secrets that start with a random value.',
      },
      {
        name: 'deletion_protection',
        type: 'bool',
        description: 'Whether deleted secrets can be brought back for 30 days.',
      },
      ...(containers
        ? [
            text('repository_arn', 'Repository of its image.'),
            { name: 'log_retention_days', type: 'number', description: 'Days that logs are kept.' },
          ]
        : [
            text('cluster_name', 'The cluster.'),
            text('namespace', 'Namespace of the service.'),
            text('service_account', 'Service account of its pods.'),
          ]),
    ],
    [
      outputAfter(
        'secret_arns',
        'Secrets by the variables that they fill.',
        ref('{ for name, secret in aws_secretsmanager_secret.this : name => secret.arn }'),
        ['aws_secretsmanager_secret_version.wired', 'aws_secretsmanager_secret_version.own'],
      ),
      ...(containers
        ? [
            output('task_role_arn', 'What the code may do.', ref('aws_iam_role.task.arn')),
            outputAfter(
              'execution_role_arn',
              'What ECS may do to start it.',
              ref('aws_iam_role.execution.arn'),
              ['aws_iam_role_policy.execution'],
            ),
            output(
              'task_role_name',
              'The role to which what the code calls is added.',
              ref('aws_iam_role.task.name'),
            ),
            output(
              'log_group',
              'Where it writes its logs.',
              ref('aws_cloudwatch_log_group.this.name'),
            ),
          ]
        : [output('role_arn', 'Role of its pods.', ref('aws_iam_role.pod.arn'))]),
    ],
  );
}
