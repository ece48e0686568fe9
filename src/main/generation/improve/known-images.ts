import { imageParts } from './dockerfile/base-image.ts';

/** What is known of an image that others publish, so that hardening it cannot break it. */
export type KnownImage = {
  readonly system: string;
  /** Capabilities that its entry point needs, as root, before it gives them up. */
  readonly capabilities: readonly string[];
  /** Ports on which it answers with data: for the services beside it, not for the network of the host. */
  readonly dataPorts: readonly number[];
  /** Health check in Compose's list form; null where the image brings no tool for it. */
  readonly health: readonly string[] | null;
  /** Folders that it writes beside its data, where its root file system can be read-only; else null. */
  readonly writes: readonly string[] | null;
  /** Where its data lies; null where it keeps none. */
  readonly data: string | null;
};

/** What entry points of official images do as root: make folders, give them away, change the user. */
const asRoot = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID'];
const none = { health: null, writes: null, data: null } as const;

const postgres: KnownImage = {
  system: 'PostgreSQL',
  capabilities: asRoot,
  dataPorts: [5432],
  health: ['CMD-SHELL', 'pg_isready -U "$${POSTGRES_USER:-postgres}"'],
  writes: null,
  data: '/var/lib/postgresql',
};
const redis: KnownImage = {
  system: 'Redis',
  capabilities: asRoot,
  dataPorts: [6379],
  health: ['CMD-SHELL', 'redis-cli ping | grep -q PONG'],
  writes: ['/tmp'],
  data: '/data',
};
const mysqlPorts = [3306];

/** By repository, as Docker Hub names it. */
const images: Readonly<Record<string, KnownImage>> = {
  postgres,
  'postgis/postgis': postgres,
  'pgvector/pgvector': postgres,
  redis,
  'valkey/valkey': {
    ...redis,
    system: 'Valkey',
    health: ['CMD-SHELL', 'valkey-cli ping | grep -q PONG'],
  },
  mysql: {
    ...{
      ...none,
      system: 'MySQL',
      capabilities: asRoot,
      dataPorts: mysqlPorts,
      data: '/var/lib/mysql',
    },
    health: ['CMD-SHELL', 'mysqladmin ping -h 127.0.0.1 --silent'],
  },
  mariadb: {
    ...{
      ...none,
      system: 'MariaDB',
      capabilities: asRoot,
      dataPorts: mysqlPorts,
      data: '/var/lib/mysql',
    },
    health: ['CMD-SHELL', 'mariadb-admin ping -h 127.0.0.1 --silent'],
  },
  mongo: {
    ...{ ...none, system: 'MongoDB', capabilities: asRoot, dataPorts: [27017], data: '/data/db' },
    health: ['CMD', 'mongosh', '--quiet', '--eval', "db.adminCommand('ping').ok"],
  },
  rabbitmq: {
    ...{
      ...none,
      system: 'RabbitMQ',
      capabilities: asRoot,
      dataPorts: [5672, 15672],
      data: '/var/lib/rabbitmq',
    },
    health: ['CMD', 'rabbitmq-diagnostics', '-q', 'ping'],
  },
  // It runs as an ordinary user from the start.
  memcached: { ...none, system: 'Memcached', capabilities: [], dataPorts: [11211], writes: [] },
  nginx: {
    ...{ ...none, system: 'nginx', dataPorts: [] },
    capabilities: ['CHOWN', 'DAC_OVERRIDE', 'NET_BIND_SERVICE', 'SETGID', 'SETUID'],
  },
};

/** Ports of systems of which nothing else is known. */
const onlyPorts: Readonly<Record<string, readonly number[]>> = {
  elasticsearch: [9200, 9300],
  'opensearchproject/opensearch': [9200],
  cassandra: [9042],
  'clickhouse/clickhouse-server': [8123, 9000],
  neo4j: [7687],
  'minio/minio': [9000],
  'mcr.microsoft.com/mssql/server': [1433],
  'timescale/timescaledb': [5432],
  'apache/kafka': [9092],
  nats: [4222],
};

/** What is known of an image by its name; null for others. */
export function knownImage(image: string): KnownImage | null {
  const { repository, tag } = imageParts(image);
  const known = Object.hasOwn(images, repository) ? images[repository] : undefined;
  if (!known) return null;
  // Older ones have another client, and none is known of a tag that is no version.
  const major = Number(/^\d+/.exec(tag ?? '')?.[0] ?? Number.NaN);
  const oldest = { mongo: 6, mariadb: 11 }[repository];
  return oldest !== undefined && !(major >= oldest) ? { ...known, health: null } : known;
}

/** Ports with data of an image: see {@link KnownImage}. */
export function dataPorts(image: string): readonly number[] {
  const { repository } = imageParts(image);
  return (
    knownImage(image)?.dataPorts ??
    (Object.hasOwn(onlyPorts, repository) ? (onlyPorts[repository] ?? []) : [])
  );
}
