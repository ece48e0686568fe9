import { moduleFiles, output, type TerraformFile } from '../file.ts';
import { hcl } from '../hcl/source.ts';
import { ref } from '../hcl/value.ts';
import { providers } from './providers.ts';

const main = hcl`data "aws_availability_zones" "available" {
state = "available"
}

locals {
zones = slice(data.aws_availability_zones.available.names, 0, var.zone_count)
}

resource "aws_vpc" "this" {
cidr_block = var.cidr
enable_dns_support = true
enable_dns_hostnames = true
tags = { Name = var.name }
}

# The group that AWS makes lets everything through between its members: nothing uses it.
resource "aws_default_security_group" "this" {
vpc_id = aws_vpc.this.id
}

resource "aws_internet_gateway" "this" {
vpc_id = aws_vpc.this.id
tags = { Name = var.name }
}

# Load balancers and NAT gateways only.
resource "aws_subnet" "public" {
count = var.zone_count

vpc_id = aws_vpc.this.id
cidr_block = cidrsubnet(var.cidr, 4, count.index)
availability_zone = local.zones[count.index]
tags = merge({ Name = "\${var.name}-public-\${local.zones[count.index]}" }, var.public_subnet_tags)
}

resource "aws_subnet" "private" {
count = var.zone_count

vpc_id = aws_vpc.this.id
cidr_block = cidrsubnet(var.cidr, 4, count.index + 8)
availability_zone = local.zones[count.index]
tags = merge({ Name = "\${var.name}-private-\${local.zones[count.index]}" }, var.private_subnet_tags)
}

resource "aws_eip" "nat" {
count = var.nat_gateways

domain = "vpc"
tags = { Name = "\${var.name}-nat-\${count.index}" }
}

resource "aws_nat_gateway" "this" {
count = var.nat_gateways

allocation_id = aws_eip.nat[count.index].id
subnet_id = aws_subnet.public[count.index].id
tags = { Name = "\${var.name}-\${count.index}" }

depends_on = [aws_internet_gateway.this]
}

resource "aws_route_table" "public" {
vpc_id = aws_vpc.this.id
tags = { Name = "\${var.name}-public" }

route {
cidr_block = "0.0.0.0/0"
gateway_id = aws_internet_gateway.this.id
}
}

resource "aws_route_table_association" "public" {
count = var.zone_count

subnet_id = aws_subnet.public[count.index].id
route_table_id = aws_route_table.public.id
}

resource "aws_route_table" "private" {
count = var.zone_count

vpc_id = aws_vpc.this.id
tags = { Name = "\${var.name}-private-\${count.index}" }

route {
cidr_block = "0.0.0.0/0"
nat_gateway_id = aws_nat_gateway.this[count.index % var.nat_gateways].id
}
}

resource "aws_route_table_association" "private" {
count = var.zone_count

subnet_id = aws_subnet.private[count.index].id
route_table_id = aws_route_table.private[count.index].id
}

# Layers of images come from S3: this way they cost nothing at the NAT gateway.
resource "aws_vpc_endpoint" "s3" {
vpc_id = aws_vpc.this.id
service_name = "com.amazonaws.\${var.region}.s3"
vpc_endpoint_type = "Gateway"
route_table_ids = aws_route_table.private[*].id
tags = { Name = "\${var.name}-s3" }
}

resource "aws_cloudwatch_log_group" "flow" {
name = "/vpc/\${var.name}"
retention_in_days = var.log_retention_days
}

resource "aws_iam_role" "flow" {
name = "\${var.name}-flow-logs"
assume_role_policy = jsonencode({
Version = "2012-10-17"
Statement = [{
Effect = "Allow"
Action = "sts:AssumeRole"
Principal = { Service = "vpc-flow-logs.amazonaws.com" }
}]
})
}

resource "aws_iam_role_policy" "flow" {
name = "write-logs"
role = aws_iam_role.flow.id
policy = jsonencode({
Version = "2012-10-17"
Statement = [{
Effect = "Allow"
Action = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
Resource = "\${aws_cloudwatch_log_group.flow.arn}:*"
}]
})
}

# Who was refused: what passed would fill the logs.
resource "aws_flow_log" "this" {
vpc_id = aws_vpc.this.id
traffic_type = "REJECT"
iam_role_arn = aws_iam_role.flow.arn
log_destination = aws_cloudwatch_log_group.flow.arn
}`;

/** `modules/network`: subnets over the zones, one way out, and who was refused. */
export function networkModule(): readonly TerraformFile[] {
  return moduleFiles(
    'network',
    providers,
    [main],
    [
      { name: 'name', type: 'string', description: 'Start of every name.' },
      { name: 'region', type: 'string', description: 'Region of the network.' },
      { name: 'cidr', type: 'string', description: 'Addresses of the network.' },
      { name: 'zone_count', type: 'number', description: 'Zones to spread over.' },
      {
        name: 'nat_gateways',
        type: 'number',
        description: 'NAT gateways; as many as zones to outlive the loss of one.',
      },
      {
        name: 'public_subnet_tags',
        type: 'map(string)',
        description: 'More tags of public subnets.',
        default: {},
      },
      {
        name: 'private_subnet_tags',
        type: 'map(string)',
        description: 'More tags of private subnets.',
        default: {},
      },
      { name: 'log_retention_days', type: 'number', description: 'Days that logs are kept.' },
    ],
    [
      output('vpc_id', 'The network.', ref('aws_vpc.this.id')),
      output(
        'public_subnet_ids',
        'Subnets with addresses of the internet.',
        ref('aws_subnet.public[*].id'),
      ),
      output(
        'private_subnet_ids',
        'Subnets of services and data.',
        ref('aws_subnet.private[*].id'),
      ),
    ],
  );
}
