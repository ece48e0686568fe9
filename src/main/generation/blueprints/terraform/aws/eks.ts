import { servicePool } from '../../kubernetes/flavours.ts';
import { moduleFiles, output, type TerraformFile } from '../file.ts';
import { hcl } from '../hcl/source.ts';
import { ref, str } from '../hcl/value.ts';
import { providers } from './providers.ts';

const main = hcl`locals {
assume = {
for service in ["eks", "ec2"] : service => jsonencode({
Version = "2012-10-17"
Statement = [{
Effect = "Allow"
Action = "sts:AssumeRole"
Principal = { Service = "\${service}.amazonaws.com" }
}]
})
}
}

resource "aws_iam_role" "cluster" {
name = "\${var.name}-cluster"
assume_role_policy = local.assume["eks"]
}

resource "aws_iam_role_policy_attachment" "cluster" {
role = aws_iam_role.cluster.name
policy_arn = "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"
}

resource "aws_cloudwatch_log_group" "cluster" {
name = "/aws/eks/\${var.name}/cluster"
retention_in_days = var.log_retention_days
}

# Encrypts the secrets of the cluster.
resource "aws_kms_key" "cluster" {
description = "Secrets of the cluster \${var.name}"
enable_key_rotation = true
deletion_window_in_days = 30
}

resource "aws_eks_cluster" "this" {
name = var.name
version = var.kubernetes_version
role_arn = aws_iam_role.cluster.arn
deletion_protection = var.deletion_protection
enabled_cluster_log_types = ["api", "audit", "authenticator"]

access_config {
authentication_mode = "API"
bootstrap_cluster_creator_admin_permissions = false
}

vpc_config {
subnet_ids = var.subnet_ids
endpoint_private_access = true
endpoint_public_access = length(var.admin_networks) > 0
public_access_cidrs = length(var.admin_networks) > 0 ? var.admin_networks : null
}

encryption_config {
resources = ["secrets"]

provider {
key_arn = aws_kms_key.cluster.arn
}
}

depends_on = [aws_iam_role_policy_attachment.cluster, aws_cloudwatch_log_group.cluster]
}

resource "aws_eks_access_entry" "admin" {
for_each = var.admin_role_arns

cluster_name = aws_eks_cluster.this.name
principal_arn = each.key
}

resource "aws_eks_access_policy_association" "admin" {
for_each = var.admin_role_arns

cluster_name = aws_eks_cluster.this.name
principal_arn = each.key
policy_arn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"

access_scope {
type = "cluster"
}

depends_on = [aws_eks_access_entry.admin]
}`;

const nodes = hcl`resource "aws_iam_role" "node" {
name = "\${var.name}-node"
assume_role_policy = local.assume["ec2"]
}

resource "aws_iam_role_policy_attachment" "node" {
for_each = toset(["AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy", "AmazonEC2ContainerRegistryPullOnly"])

role = aws_iam_role.node.name
policy_arn = "arn:aws:iam::aws:policy/\${each.key}"
}

# Only version 2 of the metadata service, and out of reach of pods.
resource "aws_launch_template" "node" {
name_prefix = "\${var.name}-"

metadata_options {
http_endpoint = "enabled"
http_tokens = "required"
http_put_response_hop_limit = 1
}

block_device_mappings {
device_name = "/dev/xvda"

ebs {
volume_size = 50
volume_type = "gp3"
encrypted = "true"
}
}
}

resource "aws_eks_node_group" "this" {
cluster_name = aws_eks_cluster.this.name
node_group_name = ${str(servicePool)}
node_role_arn = aws_iam_role.node.arn
subnet_ids = var.subnet_ids
ami_type = "AL2023_x86_64_STANDARD"
instance_types = [var.node_type]

launch_template {
id = aws_launch_template.node.id
version = aws_launch_template.node.latest_version
}

scaling_config {
min_size = var.node_count.min
desired_size = var.node_count.min
max_size = var.node_count.max
}

update_config {
max_unavailable = 1
}

lifecycle {
ignore_changes = [scaling_config[0].desired_size]
}

depends_on = [aws_iam_role_policy_attachment.node]
}

# The driver of volumes has to write to EBS, by a role of its own.
resource "aws_iam_role" "volumes" {
name = "\${var.name}-volumes"
assume_role_policy = jsonencode({
Version = "2012-10-17"
Statement = [{
Effect = "Allow"
Action = ["sts:AssumeRole", "sts:TagSession"]
Principal = { Service = "pods.eks.amazonaws.com" }
}]
})
}

resource "aws_iam_role_policy_attachment" "volumes" {
role = aws_iam_role.volumes.name
policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy"
}

resource "aws_eks_addon" "this" {
for_each = toset(["vpc-cni", "coredns", "kube-proxy", "eks-pod-identity-agent", "aws-ebs-csi-driver", "metrics-server"])

cluster_name = aws_eks_cluster.this.name
addon_name = each.key

# The cluster starts with three of them, which are taken over here.
resolve_conflicts_on_create = "OVERWRITE"

# Without this NetworkPolicies are objects that nobody heeds.
configuration_values = each.key == "vpc-cni" ? jsonencode({ enableNetworkPolicy = "true" }) : null

dynamic "pod_identity_association" {
for_each = each.key == "aws-ebs-csi-driver" ? [aws_iam_role.volumes.arn] : []

content {
role_arn = pod_identity_association.value
service_account = "ebs-csi-controller-sa"
}
}

depends_on = [aws_eks_node_group.this]
}`;

/** `modules/cluster`: EKS with one group of nodes, and who administers it. */
export function clusterModule(): readonly TerraformFile[] {
  return moduleFiles(
    'cluster',
    providers,
    [main, nodes],
    [
      { name: 'name', type: 'string', description: 'Name of the cluster.' },
      { name: 'kubernetes_version', type: 'string', description: 'Minor version of Kubernetes.' },
      { name: 'subnet_ids', type: 'list(string)', description: 'Subnets of the nodes.' },
      {
        name: 'admin_networks',
        type: 'list(string)',
        description: 'Networks that reach the API from outside; none keeps it private.',
      },
      {
        name: 'admin_role_arns',
        type: 'set(string)',
        description: 'Roles that administer the cluster.',
      },
      { name: 'node_type', type: 'string', description: 'Type of the nodes.' },
      {
        name: 'node_count',
        type: 'object({ min = number, max = number })',
        description: 'Fewest and most nodes.',
      },
      {
        name: 'deletion_protection',
        type: 'bool',
        description: 'Whether the cluster refuses to be destroyed.',
      },
      { name: 'log_retention_days', type: 'number', description: 'Days that logs are kept.' },
    ],
    [
      output('name', 'Name of the cluster.', ref('aws_eks_cluster.this.name')),
      output('endpoint', 'Address of the API.', ref('aws_eks_cluster.this.endpoint')),
      output(
        'security_group_id',
        'Group of the nodes.',
        ref('aws_eks_cluster.this.vpc_config[0].cluster_security_group_id'),
      ),
    ],
  );
}
