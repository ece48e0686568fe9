import type { BackingService, Service } from '#shared/scan.ts';
import { wordFor } from '../database-words.ts';
import { dataFolders } from './data-folders.ts';

/** How a backing service is reached: fields of a connection, as texts. */
export interface Connection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

type Value = (connection: Connection) => string;

/** Conventional variables of one system: their names, and what each holds. */
type Wiring = readonly (readonly [names: RegExp, value: Value])[];

function url(scheme: string): Value {
  return (c) => `${scheme}://${c.user}:${c.password}@${c.host}:${c.port}/${c.database}`;
}
const bare =
  (scheme: string): Value =>
  (c) =>
    `${scheme}://${c.host}:${c.port}`;
const address: Value = (c) => `${c.host}:${c.port}`;

/** `PREFIX_HOST` and its kin, for each of the prefixes. */
function parts(prefix: string): Wiring {
  const name = (suffix: string) => new RegExp(`^(?:${prefix})_?(?:${suffix})$`);
  return [
    [name('HOST|HOSTNAME|SERVER'), (c) => c.host],
    [name('PORT'), (c) => String(c.port)],
    [name('USER|USERNAME'), (c) => c.user],
    [name('PASS|PASSWORD|PASSWD'), (c) => c.password],
    [name('NAME|DB|DATABASE|DBNAME'), (c) => c.database],
  ];
}

const jdbc =
  (scheme: string): Value =>
  (c) =>
    `jdbc:${scheme}://${c.host}:${c.port}/${c.database}`;
const spring: Wiring = [
  [/^SPRING_DATASOURCE_USERNAME$/, (c) => c.user],
  [/^SPRING_DATASOURCE_PASSWORD$/, (c) => c.password],
];
const dotnet = (value: Value): Wiring => [[/^ConnectionStrings__\w+$/, value]];

function mysql(name: string): Wiring {
  return [
    [/^(?:DATABASE|DB|MYSQL|MARIADB)_(?:URL|URI)$/, url('mysql')],
    [/^(?:SPRING_DATASOURCE|JDBC(?:_DATABASE)?)_URL$/, jdbc(name)],
    ...parts('DB|DATABASE|MYSQL|MARIADB'),
    ...spring,
    ...dotnet(
      (c) =>
        `Server=${c.host};Port=${c.port};Database=${c.database};User=${c.user};Password=${c.password}`,
    ),
  ];
}

const search = (prefix: string): Wiring => [
  [new RegExp(`^(?:${prefix}|ES)_(?:URL|URI|NODE|HOSTS?)$`), bare('http')],
  [new RegExp(`^(?:${prefix}|ES)_PORT$`), (c) => String(c.port)],
];

/** Conventions by system. The first match of a name wins. */
const wirings: Readonly<Record<BackingService, Wiring>> = {
  postgres: [
    [/^(?:DATABASE|DB|POSTGRES(?:QL)?|PG)_(?:URL|URI|DSN)$/, url('postgresql')],
    [/^(?:SPRING_DATASOURCE|JDBC(?:_DATABASE)?)_URL$/, jdbc('postgresql')],
    ...parts('DB|DATABASE|PG|POSTGRES|POSTGRESQL'),
    ...spring,
    ...dotnet(
      (c) =>
        `Host=${c.host};Port=${c.port};Database=${c.database};Username=${c.user};Password=${c.password}`,
    ),
  ],
  mysql: mysql('mysql'),
  mariadb: mysql('mariadb'),
  sqlserver: [
    [
      /^(?:DATABASE|DB|SQLSERVER|MSSQL)_(?:URL|URI)$/,
      (c) =>
        `sqlserver://${c.host}:${c.port};database=${c.database};user=${c.user};password=${c.password};encrypt=true;trustServerCertificate=true`,
    ],
    ...parts('DB|DATABASE|SQLSERVER|MSSQL|SQL'),
    ...spring,
    ...dotnet(
      (c) =>
        `Server=${c.host},${c.port};Database=${c.database};User Id=${c.user};Password=${c.password};TrustServerCertificate=True`,
    ),
  ],
  mongodb: [
    [
      /^(?:MONGO(?:DB)?|DATABASE|DB)_(?:URL|URI|CONNECTION_STRING)$/,
      (c) => `${url('mongodb')(c)}?authSource=admin`,
    ],
    [/^SPRING_DATA_MONGODB_URI$/, (c) => `${url('mongodb')(c)}?authSource=admin`],
    ...parts('MONGO|MONGODB|DB'),
  ],
  redis: [
    [
      /^(?:REDIS|CACHE|CELERY_BROKER|CELERY_RESULT|BROKER|RQ|QUEUE)_?(?:URL|URI|BACKEND)$/,
      (c) => `redis://:${c.password}@${c.host}:${c.port}/0`,
    ],
    [/^(?:SPRING_(?:DATA_)?)?REDIS_HOST$/, (c) => c.host],
    [/^(?:SPRING_(?:DATA_)?)?REDIS_PORT$/, (c) => String(c.port)],
    [/^(?:SPRING_(?:DATA_)?)?REDIS_PASSWORD$/, (c) => c.password],
    [/^REDIS_ADDR(?:ESS)?$/, address],
  ],
  memcached: [
    [/^MEMCACHED?_(?:SERVERS?|URL|ADDR(?:ESS)?)$/, address],
    [/^MEMCACHED?_HOST$/, (c) => c.host],
    [/^MEMCACHED?_PORT$/, (c) => String(c.port)],
  ],
  rabbitmq: [
    [
      /^(?:(?:CLOUD)?AMQP|RABBIT(?:MQ)?|CELERY_BROKER|BROKER)_(?:URL|URI)$/,
      (c) => `amqp://${c.user}:${c.password}@${c.host}:${c.port}`,
    ],
    ...parts('RABBITMQ|RABBIT|AMQP|SPRING_RABBITMQ'),
  ],
  kafka: [
    [/^(?:SPRING_)?KAFKA_(?:BROKERS?|BOOTSTRAP_SERVERS?|BROKER_URL|URL|HOSTS?|SERVERS?)$/, address],
  ],
  nats: [
    [/^NATS_(?:URL|URI|SERVERS?)$/, bare('nats')],
    [/^NATS_HOST$/, (c) => c.host],
  ],
  elasticsearch: search('ELASTIC(?:SEARCH)?'),
  opensearch: search('OPENSEARCH'),
  minio: [
    [/^(?:MINIO|S3|AWS_S3|AWS)_ENDPOINT(?:_URL(?:_S3)?)?$/, bare('http')],
    [/^(?:MINIO|S3)_URL$/, bare('http')],
    [/^(?:MINIO_ROOT_USER|(?:MINIO|S3|AWS)_ACCESS_KEY(?:_ID)?)$/, (c) => c.user],
    [
      /^(?:MINIO_ROOT_PASSWORD|(?:MINIO|S3)_SECRET_KEY|(?:AWS|S3|MINIO)_SECRET_ACCESS_KEY)$/,
      (c) => c.password,
    ],
  ],
  cassandra: [
    [/^CASSANDRA_(?:HOSTS?|CONTACT_POINTS?|NODES?)$/, (c) => c.host],
    [/^CASSANDRA_PORT$/, (c) => String(c.port)],
  ],
  clickhouse: [[/^CLICKHOUSE_(?:URL|URI)$/, bare('http')], ...parts('CLICKHOUSE')],
  neo4j: [[/^NEO4J_(?:URL|URI|BOLT_URL)$/, bare('bolt')], ...parts('NEO4J')],
};

/**
 * The value of a conventional connection variable of a service, or null where the name follows no
 * convention of its backing services.
 */
export function wiredValue(
  service: Service,
  name: string,
  connections: (system: BackingService) => Connection,
): string | null {
  const own = laravelValue(service, name);
  if (own !== null) return own;
  const choice = chosenDatabase(service, name);
  if (choice !== null) return choice;
  for (const known of [name, ...withoutPrefixes(service, name)]) {
    for (const system of service.backingServices) {
      const value = wirings[system].find(([names]) => names.test(known))?.[1];
      if (value) return inDialect(service, value(connections(system)));
    }
  }
  return null;
}

/** The word that makes the source use the service's database, where this variable chooses one. */
function chosenDatabase(service: Service, name: string): string | null {
  const choices = service.env.find((one) => one.name === name)?.choices;
  if (choices === undefined) return null;
  return (
    service.backingServices.map((system) => wordFor(system, choices)).find((word) => word) ?? null
  );
}

/** Laravel's name of its database, or the file of one, in the folder that outlives the container. */
function laravelValue(service: Service, name: string): string | null {
  if (service.framework?.toLowerCase() !== 'laravel') return null;
  const [folder] = dataFolders(service);
  const stores = service.backingServices.some((one) => Object.hasOwn(drivers, one));
  if (name === 'DB_CONNECTION') return laravelDriver(service) ?? (folder ? 'sqlite' : null);
  if (name === 'DB_DATABASE' && !stores && folder) return `${folder.path}/database.sqlite`;
  return null;
}

const drivers = { postgres: 'pgsql', mysql: 'mysql', mariadb: 'mariadb', sqlserver: 'sqlsrv' };

function laravelDriver(service: Service): string | null {
  const system = service.backingServices.find((one) => Object.hasOwn(drivers, one));
  return system === undefined ? null : drivers[system as keyof typeof drivers];
}

/**
 * Connections that a project names after itself (`SHOP_DATABASE_URL`): what it cannot do without, and
 * what stands beside its choice of a database (`SHOP_DB_ENGINE`).
 */
function withoutPrefixes(service: Service, name: string): readonly string[] {
  if (/(?:^|_)(?:GEO|SHADOW|TEST|REPLICA)_/.test(name)) return [];
  const chosen = service.env.some(
    (one) =>
      one.choices && name.startsWith(one.name.replace(/(?:DB|DATABASE)(?:_[A-Z]+)?$/, 'DB_')),
  );
  if (!chosen && !service.env.some((one) => one.name === name && one.required)) return [];
  const words = name.split('_').slice(0, 8);
  return words.slice(1).map((_, index) => words.slice(index + 1).join('_'));
}

/** Ruby's Active Record names the client in the scheme. */
function inDialect(service: Service, value: string): string {
  return service.language === 'ruby' ? value.replace(/^mysql:/, 'mysql2:') : value;
}
