import { attributeOf, blocksOf, literalOf, textOf, textsOf } from './hcl/read-values.ts';
import type { Block, Body } from './hcl/syntax.ts';

/** Something unsafe in a resource, for a warning. */
export type Risk = { readonly rule: string; readonly line: number; readonly message: string };

/** Ports that no network but one's own should reach, and what answers there. */
const guarded: ReadonlyMap<number, string> = new Map([
  [22, 'SSH'],
  [3389, 'remote desktops'],
  [5432, 'PostgreSQL'],
  [3306, 'MySQL'],
  [1433, 'SQL Server'],
  [1521, 'Oracle'],
  [6379, 'Redis'],
  [27017, 'MongoDB'],
  [5672, 'RabbitMQ'],
  [9092, 'Kafka'],
  [9200, 'Elasticsearch'],
  [11211, 'Memcached'],
  [2379, 'etcd'],
]);
const world = new Set(['0.0.0.0/0', '::/0', '*', 'Internet', 'Any']);

/** What a rule lets in: from where, and the ports, both ends included. */
type Opening = {
  readonly body: Body;
  readonly from: readonly string[];
  readonly low: number;
  readonly high: number;
};

/** Rules of a firewall that let the whole world in where only few should knock. */
export function judgeNetwork(block: Block): readonly Risk[] {
  return openingsOf(block).flatMap((opening): Risk[] => {
    const { from, low, high, body } = opening;
    if (!from.some((source) => world.has(source))) return [];
    const isAll = low <= 0 && high >= 65_535;
    const hit = isAll
      ? 'every port'
      : [...guarded].find(([port]) => port >= low && port <= high)?.[1];
    if (hit === undefined) return [];
    const source =
      /^(?:cidr_blocks|cidr_ipv4|cidr_ipv6|ipv6_cidr_blocks|source_ranges|source|source_address_prefix|remote)$/;
    const line =
      body.attributes.find(
        ({ name, value }) => source.test(name) && textsOf(value).some((text) => world.has(text)),
      )?.line ?? block.line;
    return [
      {
        rule: 'open-to-world',
        line,
        message: `The whole internet reaches ${hit} here. Name the networks or security groups that may.`,
      },
    ];
  });
}

function openingsOf(block: Block): readonly Opening[] {
  const { body } = block;
  switch (block.labels[0]) {
    case 'aws_security_group':
    case 'aws_default_security_group':
      return blocksOf(body, 'ingress').flatMap(({ body }) =>
        range(body, ['cidr_blocks', 'ipv6_cidr_blocks']),
      );
    case 'aws_security_group_rule':
      return textOf(body, 'type') === 'ingress'
        ? range(body, ['cidr_blocks', 'ipv6_cidr_blocks'])
        : [];
    case 'aws_vpc_security_group_ingress_rule':
      return range(body, ['cidr_ipv4', 'cidr_ipv6'], 'ip_protocol');
    case 'google_compute_firewall':
      if (textOf(body, 'direction') === 'EGRESS' || attributeOf(body, 'target_service_accounts'))
        return [];
      return blocksOf(body, 'allow').flatMap((allow) => {
        const from = textsOf(attributeOf(body, 'source_ranges')?.value);
        const ports = attributeOf(allow.body, 'ports');
        if (!ports)
          return textOf(allow.body, 'protocol') === 'icmp'
            ? []
            : [{ body, from, low: 0, high: 65_535 }];
        return portsOf(textsOf(ports.value)).map(([low, high]) => ({ body, from, low, high }));
      });
    case 'azurerm_network_security_rule':
      return azure(body);
    case 'azurerm_network_security_group':
      return blocksOf(body, 'security_rule').flatMap((rule) => azure(rule.body));
    case 'oci_core_network_security_group_security_rule':
      return textOf(body, 'direction') === 'INGRESS' ? oracle(body) : [];
    case 'oci_core_security_list':
    case 'oci_core_default_security_list':
      return blocksOf(body, 'ingress_security_rules').flatMap((rule) => oracle(rule.body));
    default:
      return [];
  }
}

/** The rule of a block with from_port and to_port. */
function range(
  body: Body,
  sources: readonly string[],
  protocolName = 'protocol',
): readonly Opening[] {
  const from = sources.flatMap((name) => textsOf(attributeOf(body, name)?.value));
  const protocol = String(literalOf(body, protocolName) ?? '');
  if (/^(?:icmp|icmpv6|58|1)$/.test(protocol)) return [];
  if (protocol === '-1' || protocol === 'all') return [{ body, from, low: 0, high: 65_535 }];
  const low = Number(literalOf(body, 'from_port') ?? Number.NaN);
  return [{ body, from, low, high: Number(literalOf(body, 'to_port') ?? low) }];
}

function azure(body: Body): readonly Opening[] {
  if (textOf(body, 'access') !== 'Allow' || textOf(body, 'direction') !== 'Inbound') return [];
  const both = (one: string, many: string): readonly string[] =>
    [one, many].flatMap((name) => textsOf(attributeOf(body, name)?.value));
  const from = both('source_address_prefix', 'source_address_prefixes');
  return portsOf(both('destination_port_range', 'destination_port_ranges')).map(([low, high]) => ({
    body,
    from,
    low,
    high,
  }));
}

function oracle(body: Body): readonly Opening[] {
  const from = textsOf(attributeOf(body, 'source')?.value);
  const protocol = textOf(body, 'protocol');
  if (protocol === 'all') return [{ body, from, low: 0, high: 65_535 }];
  return blocksOf(body, 'tcp_options').flatMap((options) => {
    // A network security group's rule has the range one level deeper than a security list's.
    const held = blocksOf(options.body, 'destination_port_range')[0]?.body ?? options.body;
    const low = Number(literalOf(held, 'min') ?? Number.NaN);
    return [{ body, from, low, high: Number(literalOf(held, 'max') ?? low) }];
  });
}

/** Ranges of ports such as `22`, `8000-9000` or `*`. */
function portsOf(texts: readonly string[]): readonly (readonly [number, number])[] {
  return texts.flatMap((text) => {
    if (text === '*') return [[0, 65_535] as const];
    const [, low, high = low] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
    return low === undefined ? [] : [[Number(low), Number(high)] as const];
  });
}
