import { moduleFiles, output, type TerraformFile } from '../file.ts';
import { hcl } from '../hcl/source.ts';
import { ref } from '../hcl/value.ts';
import { providers } from './providers.ts';

const main = hcl`resource "aws_efs_file_system" "this" {
encrypted = true
tags = { Name = var.name }

lifecycle {
prevent_destroy = true
}
}

resource "aws_efs_backup_policy" "this" {
file_system_id = aws_efs_file_system.this.id

backup_policy {
status = "ENABLED"
}
}

resource "aws_security_group" "this" {
name = "\${var.name}-files"
description = "Files of \${var.name}"
vpc_id = var.vpc_id
tags = { Name = "\${var.name}-files" }
}

resource "aws_vpc_security_group_ingress_rule" "this" {
security_group_id = aws_security_group.this.id
referenced_security_group_id = var.client_security_group_id
ip_protocol = "tcp"
from_port = 2049
to_port = 2049
description = "Services"
}

resource "aws_efs_mount_target" "this" {
count = length(var.subnet_ids)

file_system_id = aws_efs_file_system.this.id
subnet_id = var.subnet_ids[count.index]
security_groups = [aws_security_group.this.id]
}

# A folder for each volume, which belongs to the user of the service.
resource "aws_efs_access_point" "this" {
for_each = var.volumes

file_system_id = aws_efs_file_system.this.id

posix_user {
uid = each.value.user
gid = each.value.group
}

root_directory {
path = "/\${each.key}"

creation_info {
owner_uid = each.value.user
owner_gid = each.value.group
permissions = "0750"
}
}
}`;

/** `modules/volumes`: the volumes of services that keep files. */
export function storageModule(): readonly TerraformFile[] {
  const text = (name: string, description: string) => ({ name, type: 'string', description });
  return moduleFiles(
    'volumes',
    providers,
    [main],
    [
      text('name', 'Start of every name.'),
      text('vpc_id', 'The network.'),
      { name: 'subnet_ids', type: 'list(string)', description: 'Subnets of the services.' },
      text('client_security_group_id', 'Group of the services.'),
      {
        name: 'volumes',
        type: 'map(object({ user = number, group = number }))',
        description: 'Volumes and whom they belong to.',
      },
    ],
    [
      output('file_system_id', 'Where the volumes are.', ref('aws_efs_file_system.this.id')),
      output(
        'access_point_ids',
        'Ways into the volumes, by volume.',
        ref('{ for name, one in aws_efs_access_point.this : name => one.id }'),
      ),
    ],
  );
}
