import { type BackingSpec, common, secret } from './spec.ts';

const heap = '-Xms512m -Xmx512m';

/** Document stores, caches, search engines and object stores, as Compose runs them. */
export const stores: Readonly<
  Record<
    | 'mongodb'
    | 'redis'
    | 'memcached'
    | 'elasticsearch'
    | 'opensearch'
    | 'minio'
    | 'cassandra'
    | 'clickhouse'
    | 'neo4j',
    BackingSpec
  >
> = {
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
  elasticsearch: {
    ...common,
    image: 'docker.elastic.co/elasticsearch/elasticsearch:9.5.2',
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
    image: 'opensearchproject/opensearch:3.8.0',
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
    // MinIO took its own images off Docker Hub in September 2026; this is a community build of its sources.
    image: 'pgsty/minio:RELEASE.2026-08-04T00-00-00Z',
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
    image: 'clickhouse/clickhouse-server:26.3',
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
