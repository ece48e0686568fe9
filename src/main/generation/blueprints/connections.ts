import type { BackingService } from '#shared/scan.ts';

/** How a backing service is reached: fields of a connection, as texts. */
export interface Connection {
  readonly host: string;
  readonly port: number | string;
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
/** Connection strings of .NET, as the clients of each system take them. */
export const dotnetConnections: Readonly<Partial<Record<BackingService, Value>>> = {
  postgres: (c) =>
    `Host=${c.host};Port=${c.port};Database=${c.database};Username=${c.user};Password=${c.password}`,
  mysql: mysqlText,
  mariadb: mysqlText,
  sqlserver: (c) =>
    `Server=${c.host},${c.port};Database=${c.database};User Id=${c.user};Password=${c.password};TrustServerCertificate=True`,
  mongodb: (c) => `${url('mongodb')(c)}?authSource=admin`,
  redis: (c) => (c.password === '' ? address(c) : `${address(c)},password=${c.password}`),
  memcached: address,
  rabbitmq: amqp,
  kafka: address,
  nats: bare('nats'),
  elasticsearch: bare('http'),
  opensearch: bare('http'),
};

function mysqlText(c: Connection): string {
  return `Server=${c.host};Port=${c.port};Database=${c.database};User=${c.user};Password=${c.password}`;
}

function amqp(c: Connection): string {
  return `amqp://${c.user}:${c.password}@${c.host}:${c.port}`;
}

const dotnet = (system: BackingService): Wiring => {
  const value = dotnetConnections[system];
  // Others may lead to anything.
  return value
    ? [
        [
          /^ConnectionStrings__\w*?(?:db|database|sql|context|data|store|connection|default)$/i,
          value,
        ],
      ]
    : [];
};

function mysql(name: string): Wiring {
  return [
    [/^(?:DATABASE|DB|MYSQL|MARIADB)_(?:URL|URI)$/, url('mysql')],
    [/^(?:SPRING_DATASOURCE|JDBC(?:_DATABASE)?)_URL$/, jdbc(name)],
    ...parts('DB|DATABASE|MYSQL|MARIADB'),
    ...spring,
    ...dotnet('mysql'),
  ];
}

const search = (prefix: string): Wiring => [
  [new RegExp(`^(?:${prefix}|ES)_(?:URL|URI|NODE|HOSTS?)$`), bare('http')],
  [new RegExp(`^(?:${prefix}|ES)_PORT$`), (c) => String(c.port)],
];

/** Conventions by system. The first match of a name wins. */
export const wirings: Readonly<Record<BackingService, Wiring>> = {
  postgres: [
    [/^(?:DATABASE|DB|POSTGRES(?:QL)?|PG)_(?:URL|URI|DSN)$/, url('postgresql')],
    [/^(?:SPRING_DATASOURCE|JDBC(?:_DATABASE)?)_URL$/, jdbc('postgresql')],
    ...parts('DB|DATABASE|PG|POSTGRES|POSTGRESQL'),
    ...spring,
    ...dotnet('postgres'),
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
    ...dotnet('sqlserver'),
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
    [/^(?:(?:CLOUD)?AMQP|RABBIT(?:MQ)?|CELERY_BROKER|BROKER)_(?:URL|URI)$/, amqp],
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
