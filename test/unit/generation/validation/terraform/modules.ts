/** A module that `terraform validate` would take: an ECS service beside its database. */
export const versions = `terraform {
  required_version = ">= 1.9, < 2.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}
`;

/** Every kind of thing that a module has, each used as it should be. */
export const sound = `${versions}
provider "aws" {
  region = var.region
}

provider "aws" {
  alias  = "dns"
  region = "us-east-1"
}

variable "region" {
  type    = string
  default = "eu-central-1"
}

variable "services" {
  description = "Ports by service."
  type = map(object({
    port   = number
    public = optional(bool, false)
  }))
  default = {}

  validation {
    condition     = alltrue([for name, one in var.services : one.port > 0])
    error_message = "A port is a positive number."
  }
}

variable "db_password" {
  type      = string
  sensitive = true
}

locals {
  names = sort(keys(var.services))
  tags  = merge({ app = "shop" }, { for name in local.names : name => upper(name) })
}

data "aws_region" "current" {}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
  tags                 = local.tags
}

resource "aws_subnet" "private" {
  count = 2

  vpc_id     = aws_vpc.main.id
  cidr_block = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
}

resource "aws_security_group" "service" {
  for_each = var.services

  name_prefix = "\${each.key}-"
  vpc_id      = aws_vpc.main.id

  dynamic "ingress" {
    for_each = each.value.public ? [each.value.port] : []
    iterator = port

    content {
      from_port   = port.value
      to_port     = port.value
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }

  lifecycle {
    create_before_destroy = true
    ignore_changes        = [description]

    postcondition {
      condition     = self.vpc_id == aws_vpc.main.id
      error_message = "In the wrong network."
    }
  }
}

resource "aws_iam_role" "task" {
  name               = "task"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_db_instance" "main" {
  identifier        = "shop"
  instance_class    = "db.t4g.micro"
  engine            = "postgres"
  allocated_storage = 20
  storage_encrypted = true
  username          = "app"
  password          = var.db_password
  multi_az          = "true"

  timeouts {
    create = "60m"
  }

  depends_on = [aws_iam_role.task]
}

resource "aws_route53_zone" "main" {
  provider = aws.dns
  name     = "example.com"
}

output "subnets" {
  value = aws_subnet.private[*].id
}

output "groups" {
  value       = { for name, group in aws_security_group.service : name => group.arn }
  description = <<-EOT
    In $\{data.aws_region.current.region}.
    %{for name in local.names~}
    \${name}
    %{endfor~}
  EOT
}

output "database" {
  value = "\${aws_db_instance.main.address}:\${aws_db_instance.main.port}"
}

output "zone" {
  value = aws_route53_zone.main.zone_id
}
`;
