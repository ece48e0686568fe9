import { hcl } from '../../hcl/source.ts';
import { type Hcl, ref, str } from '../../hcl/value.ts';
import type { ManagedSystem } from '../../wire.ts';

interface Engine {
  readonly system: string;
  readonly engine: string;
  readonly version: string;
  readonly port: number;
  readonly size: string;
  /** Logs that RDS can hand to CloudWatch. */
  readonly logs: string;
  readonly hasDatabase: boolean;
}

function file(one: Engine): Hcl {
  const name = ref(one.system);
  return hcl`resource "aws_db_subnet_group" ${str(one.system)} {
name = "\${var.name}-${name}"
subnet_ids = var.subnet_ids
}

resource "aws_security_group" ${str(one.system)} {
name = "\${var.name}-${name}"
description = "Database of \${var.name}"
vpc_id = var.vpc_id
tags = { Name = "\${var.name}-${name}" }
}

resource "aws_vpc_security_group_ingress_rule" ${str(one.system)} {
security_group_id = aws_security_group.${name}.id
referenced_security_group_id = var.client_security_group_id
ip_protocol = "tcp"
from_port = ${one.port}
to_port = ${one.port}
description = "Services"
}

resource "aws_db_instance" ${str(one.system)} {
identifier = "\${var.name}-${name}"
engine = ${str(one.engine)}
engine_version = ${str(one.version)}
instance_class = var.sizes.${name}
${one.hasDatabase ? null : ref('license_model = "license-included"')}

allocated_storage = 20
max_allocated_storage = 200
storage_type = "gp3"
storage_encrypted = true

${one.hasDatabase ? ref('db_name = "app"') : null}
username = "app"
password = random_password.this["${name}"].result
port = ${one.port}

db_subnet_group_name = aws_db_subnet_group.${name}.name
vpc_security_group_ids = [aws_security_group.${name}.id]
publicly_accessible = false
${one.hasDatabase ? ref('multi_az = var.high_availability') : null}

backup_retention_period = 14
copy_tags_to_snapshot = true
auto_minor_version_upgrade = true
enabled_cloudwatch_logs_exports = [${ref(one.logs)}]
performance_insights_enabled = ${ref(String(one.hasDatabase && one.engine === 'postgres'))}
deletion_protection = var.deletion_protection
skip_final_snapshot = !var.deletion_protection
final_snapshot_identifier = "\${var.name}-${name}-final"
}

locals {
${name} = {
host = aws_db_instance.${name}.address
password = aws_db_instance.${name}.password
}
}`;
}

function managed(engine: Omit<Engine, 'hasDatabase'>, tls: boolean): ManagedSystem {
  const hasDatabase = engine.system !== 'sqlserver';
  return {
    port: engine.port,
    tls,
    user: 'app',
    password: true,
    size: engine.size,
    file: file({ ...engine, hasDatabase }),
  };
}

/** Databases that RDS runs. */
export const relational = {
  postgres: managed(
    {
      system: 'postgres',
      engine: 'postgres',
      version: '17',
      port: 5432,
      size: 'db.t4g.small',
      logs: '"postgresql", "upgrade"',
    },
    true,
  ),
  mysql: managed(
    {
      system: 'mysql',
      engine: 'mysql',
      version: '8.4',
      port: 3306,
      size: 'db.t4g.small',
      logs: '"error", "slowquery"',
    },
    false,
  ),
  mariadb: managed(
    {
      system: 'mariadb',
      engine: 'mariadb',
      version: '11.8',
      port: 3306,
      size: 'db.t4g.small',
      logs: '"error", "slowquery"',
    },
    false,
  ),
  sqlserver: managed(
    {
      system: 'sqlserver',
      engine: 'sqlserver-ex',
      version: '16.00',
      port: 1433,
      size: 'db.t3.small',
      logs: '"error"',
    },
    false,
  ),
} as const;
