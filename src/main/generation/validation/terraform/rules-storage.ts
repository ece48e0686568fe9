import { attributeOf, blocksOf, literalOf, textOf, textsOf } from './hcl/read-values.ts';
import type { Block, Body } from './hcl/syntax.ts';
import type { Risk } from './rules-network.ts';

/** A value that must not stand, or must: `missing` tells whether leaving the argument out is unsafe too. */
type Switch = {
  readonly name: string;
  readonly unsafe: (value: unknown) => boolean;
  readonly missing?: true;
  readonly rule: 'public' | 'unencrypted';
  readonly message: string;
};

const isFalse = (value: unknown): boolean => String(value) === 'false';
const isTrue = (value: unknown): boolean => String(value) === 'true';
const oneOf =
  (...unsafe: readonly string[]) =>
  (value: unknown): boolean =>
    unsafe.includes(String(value));

const encrypted = (name: string): Switch => ({
  name,
  unsafe: isFalse,
  missing: true,
  rule: 'unencrypted',
  message: `What is stored here is not encrypted. Set ${name} = true.`,
});
const notPublic = (name: string): Switch => ({
  name,
  unsafe: isTrue,
  rule: 'public',
  message: `The whole internet can reach this. Set ${name} = false.`,
});
const publicAcl: Switch = {
  name: 'acl',
  unsafe: oneOf('public-read', 'public-read-write'),
  rule: 'public',
  message: 'Everyone can read this bucket. Set acl = "private".',
};
const azureDatabase: Switch = { ...notPublic('public_network_access_enabled') };

const switches: Readonly<Record<string, readonly Switch[]>> = {
  aws_db_instance: [encrypted('storage_encrypted'), notPublic('publicly_accessible')],
  aws_rds_cluster: [encrypted('storage_encrypted')],
  aws_rds_cluster_instance: [notPublic('publicly_accessible')],
  aws_docdb_cluster: [encrypted('storage_encrypted')],
  aws_efs_file_system: [encrypted('encrypted')],
  aws_elasticache_replication_group: [
    encrypted('at_rest_encryption_enabled'),
    {
      name: 'transit_encryption_enabled',
      unsafe: isFalse,
      missing: true,
      rule: 'unencrypted',
      message: 'Clients talk to this cache in plain text. Set transit_encryption_enabled = true.',
    },
  ],
  aws_mq_broker: [notPublic('publicly_accessible')],
  aws_s3_bucket: [publicAcl],
  aws_s3_bucket_acl: [publicAcl],
  aws_s3_bucket_public_access_block: [
    'block_public_acls',
    'block_public_policy',
    'ignore_public_acls',
    'restrict_public_buckets',
  ].map(
    (name) =>
      ({
        name,
        unsafe: isFalse,
        missing: true,
        rule: 'public',
        message: `This bucket can be made public. Set ${name} = true.`,
      }) as const,
  ),
  google_storage_bucket: [
    {
      name: 'public_access_prevention',
      unsafe: oneOf('inherited'),
      rule: 'public',
      message: 'This bucket can be made public. Set public_access_prevention = "enforced".',
    },
  ],
  google_redis_instance: [
    {
      name: 'transit_encryption_mode',
      unsafe: oneOf('DISABLED'),
      missing: true,
      rule: 'unencrypted',
      message:
        'Clients talk to this cache in plain text. Set transit_encryption_mode = "SERVER_AUTHENTICATION".',
    },
  ],
  azurerm_storage_account: [
    {
      name: 'allow_nested_items_to_be_public',
      unsafe: isTrue,
      rule: 'public',
      message:
        'Containers of this account can be made public. Set allow_nested_items_to_be_public = false.',
    },
    {
      name: 'https_traffic_only_enabled',
      unsafe: isFalse,
      rule: 'unencrypted',
      message: 'This account answers in plain text. Set https_traffic_only_enabled = true.',
    },
    {
      name: 'min_tls_version',
      unsafe: oneOf('TLS1_0', 'TLS1_1'),
      rule: 'unencrypted',
      message: 'TLS before 1.2 is broken. Set min_tls_version = "TLS1_2".',
    },
  ],
  azurerm_storage_container: [
    {
      name: 'container_access_type',
      unsafe: oneOf('blob', 'container'),
      rule: 'public',
      message: 'Everyone can read this container. Set container_access_type = "private".',
    },
  ],
  azurerm_redis_cache: [
    azureDatabase,
    {
      name: 'non_ssl_port_enabled',
      unsafe: isTrue,
      rule: 'unencrypted',
      message: 'Clients may talk to this cache in plain text. Set non_ssl_port_enabled = false.',
    },
  ],
  azurerm_postgresql_flexible_server: [azureDatabase],
  azurerm_mssql_server: [azureDatabase],
  azurerm_cosmosdb_account: [azureDatabase],
  azurerm_key_vault: [azureDatabase],
  oci_objectstorage_bucket: [
    {
      name: 'access_type',
      unsafe: oneOf('ObjectRead', 'ObjectReadWithoutList'),
      rule: 'public',
      message: 'Everyone can read this bucket. Set access_type = "NoPublicAccess".',
    },
  ],
  ibm_database: [
    {
      name: 'service_endpoints',
      unsafe: oneOf('public', 'public-and-private'),
      rule: 'public',
      message: 'The whole internet can reach this database. Set service_endpoints = "private".',
    },
  ],
};

/** Data that lies open, or in plain text, by what a resource says or leaves out. */
export function judgeStorage(block: Block): readonly Risk[] {
  const [type = ''] = block.labels;
  const { body, line } = block;
  const found: Risk[] = [];
  for (const one of Object.hasOwn(switches, type) ? (switches[type] ?? []) : []) {
    const attribute = attributeOf(body, one.name);
    const value = literalOf(body, one.name);
    const isUnsafe = attribute
      ? value !== undefined && value !== null && one.unsafe(value)
      : one.missing === true && !inherits(body);
    if (isUnsafe)
      found.push({ rule: one.rule, line: attribute?.line ?? line, message: one.message });
  }
  return [...found, ...judgeInner(type, body)];
}

/** A replica, or what is restored from a snapshot, is as its source. */
function inherits(body: Body): boolean {
  return [
    'replicate_source_db',
    'snapshot_identifier',
    'global_cluster_identifier',
    'global_replication_group_id',
    'replication_source_identifier',
  ].some((name) => attributeOf(body, name));
}

function judgeInner(type: string, body: Body): readonly Risk[] {
  if (type === 'google_sql_database_instance') {
    const networks = blocksOf(body, 'settings')
      .flatMap((settings) => blocksOf(settings.body, 'ip_configuration'))
      .flatMap((ip) => blocksOf(ip.body, 'authorized_networks'));
    return networks.flatMap((network) => {
      const value = attributeOf(network.body, 'value');
      if (textOf(network.body, 'value') !== '0.0.0.0/0') return [];
      return [
        {
          rule: 'public',
          line: value?.line ?? network.line,
          message:
            'The whole internet may log on to this database. Name the networks, or use a private address.',
        },
      ];
    });
  }
  if (/^google_.*_iam_(?:member|binding)$/.test(type)) {
    const member = attributeOf(body, 'member') ?? attributeOf(body, 'members');
    const isBucket = type.startsWith('google_storage_bucket');
    if (
      !isBucket ||
      !member ||
      !textsOf(member.value).some((one) => /^all(?:Authenticated)?Users$/.test(one))
    )
      return [];
    return [
      {
        rule: 'public',
        line: member.line,
        message: 'Everyone can reach this bucket. Name the accounts that may.',
      },
    ];
  }
  if (type === 'aws_msk_cluster') {
    return blocksOf(body, 'encryption_info').flatMap((info) =>
      blocksOf(info.body, 'encryption_in_transit').flatMap((transit) => {
        const attribute = attributeOf(transit.body, 'client_broker');
        if (!attribute || !/PLAINTEXT$/.test(textOf(transit.body, 'client_broker') ?? ''))
          return [];
        return [
          {
            rule: 'unencrypted',
            line: attribute.line,
            message: 'Clients may talk to these brokers in plain text. Set client_broker = "TLS".',
          },
        ];
      }),
    );
  }
  return [];
}
