import type { BackingService } from '#shared/scan.ts';

/** How Compose runs one stateful system. `$` in texts is Compose's own; containers see `$$`. */
export interface BackingSpec {
  readonly image: string;
  readonly port: number;
  readonly user: string;
  /** Name of the variable in `.env` that holds the password, or null where there is none. */
  readonly passwordVariable: string | null;
  readonly database: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly command?: readonly string[];
  readonly health: readonly string[];
  readonly startPeriod: string;
  /** Where the data lies in the container, or null for what keeps none. */
  readonly data: string | null;
}

function secret(variable: string): string {
  return `\${${variable}:?set ${variable} in .env}`;
}

const common = { user: 'app', database: 'app', startPeriod: '20s' } as const;
const heap = '-Xms512m -Xmx512m';

/** Each system in a pinned current major version; the health check uses a program of its image. */
export const backingSpecs: Readonly<Record<BackingService, BackingSpec>> = {
  postgres: {
    ...common,
    image: 'postgres:18-alpine',
    port: 5432,
    passwordVariable: 'POSTGRES_PASSWORD',
    environment: {
      POSTGRES_USER: 'app',
      POSTGRES_DB: 'app',
      POSTGRES_PASSWORD: secret('POSTGRES_PASSWORD'),
    },
    health: ['CMD-SHELL', 'pg_isready -U app -d app'],
    // From 18 on the volume holds a folder for each major version.
    data: '/var/lib/postgresql',
  },
  mysql: {
    ...common,
    image: 'mysql:8.4',
    port: 3306,
    passwordVariable: 'MYSQL_PASSWORD',
    environment: {
      MYSQL_DATABASE: 'app',
      MYSQL_USER: 'app',
      MYSQL_PASSWORD: secret('MYSQL_PASSWORD'),
      MYSQL_RANDOM_ROOT_PASSWORD: 'yes',
    },
    health: ['CMD-SHELL', 'mysqladmin ping -h 127.0.0.1 -u app -p"$$MYSQL_PASSWORD" --silent'],
    startPeriod: '40s',
    data: '/var/lib/mysql',
  },
  mariadb: {
    ...common,
    image: 'mariadb:11.8',
    port: 3306,
    passwordVariable: 'MARIADB_PASSWORD',
    environment: {
      MARIADB_DATABASE: 'app',
      MARIADB_USER: 'app',
      MARIADB_PASSWORD: secret('MARIADB_PASSWORD'),
      MARIADB_RANDOM_ROOT_PASSWORD: 'yes',
    },
    health: ['CMD', 'healthcheck.sh', '--connect', '--innodb_initialized'],
    startPeriod: '40s',
    data: '/var/lib/mysql',
  },
  sqlserver: {
    ...common,
    user: 'sa',
    database: 'master',
    image: 'mcr.microsoft.com/mssql/server:2022-latest',
    port: 1433,
    passwordVariable: 'MSSQL_SA_PASSWORD',
    environment: {
      ACCEPT_EULA: 'Y',
      MSSQL_PID: 'Developer',
      MSSQL_SA_PASSWORD: secret('MSSQL_SA_PASSWORD'),
    },
    health: [
      'CMD-SHELL',
      '/opt/mssql-tools18/bin/sqlcmd -C -S localhost -U sa -P "$$MSSQL_SA_PASSWORD" -Q "SELECT 1"',
    ],
    startPeriod: '60s',
    data: '/var/opt/mssql',
  },
  mongodb: {
    ...common,
    image: 'mongo:8',
    port: 27017,
    passwordVariable: 'MONGO_PASSWORD',
    environment: {
      MONGO_INITDB_ROOT_USERNAME: 'app',
      MONGO_INITDB_ROOT_PASSWORD: secret('MONGO_PASSWORD'),
    },
    health: ['CMD', 'mongosh', '--quiet', '--eval', "db.adminCommand('ping').ok"],
    data: '/data/db',
  },
  redis: {
    ...common,
    user: 'default',
    database: '0',
    image: 'redis:8-alpine',
    port: 6379,
    passwordVariable: 'REDIS_PASSWORD',
    environment: { REDISCLI_AUTH: secret('REDIS_PASSWORD') },
    command: ['sh', '-c', 'exec redis-server --appendonly yes --requirepass "$$REDISCLI_AUTH"'],
    health: ['CMD-SHELL', 'redis-cli ping | grep -q PONG'],
    data: '/data',
  },
  memcached: {
    ...common,
    image: 'memcached:1.6-alpine',
    port: 11211,
    passwordVariable: null,
    environment: {},
    health: ['CMD-SHELL', 'echo version | nc -w 1 127.0.0.1 11211 | grep -q VERSION'],
    data: null,
  },
  rabbitmq: {
    ...common,
    image: 'rabbitmq:4-alpine',
    port: 5672,
    passwordVariable: 'RABBITMQ_PASSWORD',
    environment: {
      RABBITMQ_DEFAULT_USER: 'app',
      RABBITMQ_DEFAULT_PASS: secret('RABBITMQ_PASSWORD'),
    },
    health: ['CMD', 'rabbitmq-diagnostics', '-q', 'check_port_connectivity'],
    startPeriod: '40s',
    data: '/var/lib/rabbitmq',
  },
  kafka: {
    ...common,
    image: 'apache/kafka:4.1.0',
    port: 9092,
    passwordVariable: null,
    environment: {
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
      KAFKA_ADVERTISED_LISTENERS: 'PLAINTEXT://@host@:9092',
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
      KAFKA_LOG_DIRS: '/var/lib/kafka/data',
    },
    health: [
      'CMD-SHELL',
      '/opt/kafka/bin/kafka-broker-api-versions.sh --bootstrap-server localhost:9092 > /dev/null',
    ],
    startPeriod: '60s',
    data: '/var/lib/kafka/data',
  },
  nats: {
    ...common,
    image: 'nats:2-alpine',
    port: 4222,
    passwordVariable: null,
    environment: {},
    command: ['--jetstream', '--store_dir', '/data', '--http_port', '8222'],
    health: ['CMD', 'wget', '-q', '-O', '/dev/null', 'http://127.0.0.1:8222/healthz'],
    data: '/data',
  },
  elasticsearch: {
    ...common,
    image: 'docker.elastic.co/elasticsearch/elasticsearch:9.1.5',
    port: 9200,
    passwordVariable: null,
    environment: {
      'discovery.type': 'single-node',
      'xpack.security.enabled': 'false',
      ES_JAVA_OPTS: heap,
    },
    health: ['CMD-SHELL', 'curl -fsS http://127.0.0.1:9200/_cluster/health > /dev/null'],
    startPeriod: '60s',
    data: '/usr/share/elasticsearch/data',
  },
  opensearch: {
    ...common,
    image: 'opensearchproject/opensearch:3.3.0',
    port: 9200,
    passwordVariable: null,
    environment: {
      'discovery.type': 'single-node',
      DISABLE_SECURITY_PLUGIN: 'true',
      DISABLE_INSTALL_DEMO_CONFIG: 'true',
      OPENSEARCH_JAVA_OPTS: heap,
    },
    health: ['CMD-SHELL', 'curl -fsS http://127.0.0.1:9200/_cluster/health > /dev/null'],
    startPeriod: '60s',
    data: '/usr/share/opensearch/data',
  },
  minio: {
    ...common,
    image: 'minio/minio:RELEASE.2025-09-07T16-13-09Z',
    port: 9000,
    passwordVariable: 'MINIO_ROOT_PASSWORD',
    environment: { MINIO_ROOT_USER: 'app', MINIO_ROOT_PASSWORD: secret('MINIO_ROOT_PASSWORD') },
    command: ['server', '/data'],
    health: ['CMD', 'mc', 'ready', 'local'],
    data: '/data',
  },
  cassandra: {
    ...common,
    image: 'cassandra:5',
    port: 9042,
    passwordVariable: null,
    environment: { MAX_HEAP_SIZE: '512M', HEAP_NEWSIZE: '128M' },
    health: ['CMD-SHELL', 'cqlsh -e "describe keyspaces" > /dev/null'],
    startPeriod: '90s',
    data: '/var/lib/cassandra',
  },
  clickhouse: {
    ...common,
    image: 'clickhouse/clickhouse-server:25.8',
    port: 8123,
    passwordVariable: 'CLICKHOUSE_PASSWORD',
    environment: {
      CLICKHOUSE_DB: 'app',
      CLICKHOUSE_USER: 'app',
      CLICKHOUSE_PASSWORD: secret('CLICKHOUSE_PASSWORD'),
    },
    health: ['CMD', 'wget', '-q', '-O', '/dev/null', 'http://127.0.0.1:8123/ping'],
    data: '/var/lib/clickhouse',
  },
  neo4j: {
    ...common,
    user: 'neo4j',
    database: 'neo4j',
    image: 'neo4j:5',
    port: 7687,
    passwordVariable: 'NEO4J_PASSWORD',
    environment: { NEO4J_AUTH: `neo4j/${secret('NEO4J_PASSWORD')}` },
    health: ['CMD', 'wget', '-q', '-O', '/dev/null', 'http://127.0.0.1:7474'],
    startPeriod: '60s',
    data: '/data',
  },
};
