import type { BackingService, EnvVar } from '#shared/scan.ts';
import type { Draft } from './draft.ts';
import type { Signal } from './source-signals.ts';

/** Variables that the platform sets, not the one who deploys. */
const platformVariables = new Set([
  'PATH',
  'HOME',
  'USER',
  'PWD',
  'SHELL',
  'TERM',
  'LANG',
  'TMPDIR',
  'TMP',
  'TEMP',
  'HOSTNAME',
  'CI',
  'LOGNAME',
  'EDITOR',
  'NO_COLOR',
  'FORCE_COLOR',
  'XDG_CONFIG_HOME',
  'XDG_DATA_HOME',
  'XDG_CACHE_HOME',
  'TZ',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'NO_PROXY',
]);

const sql = 'DATABASE|DB|SQL|JDBC|JDBC_DATABASE|SPRING_DATASOURCE';
/** What the names of connection variables begin with, by system. */
const connections: Readonly<Record<BackingService, string>> = {
  postgres: `${sql}|POSTGRES|POSTGRESQL|PG`,
  mysql: `${sql}|MYSQL|MARIADB`,
  mariadb: `${sql}|MYSQL|MARIADB`,
  sqlserver: `${sql}|MSSQL|SQLSERVER`,
  mongodb: 'MONGO|MONGODB|DATABASE|DB',
  redis: 'REDIS|CACHE|CELERY_BROKER|BROKER|QUEUE',
  memcached: 'MEMCACHE|MEMCACHED',
  rabbitmq: 'AMQP|CLOUDAMQP|RABBIT|RABBITMQ|CELERY_BROKER|BROKER',
  kafka: 'KAFKA',
  nats: 'NATS',
  elasticsearch: 'ELASTIC|ELASTICSEARCH|ES',
  opensearch: 'OPENSEARCH',
  minio: 'MINIO|S3|AWS_S3',
  cassandra: 'CASSANDRA',
  clickhouse: 'CLICKHOUSE',
  neo4j: 'NEO4J',
};
/** Second connections to one system: replicas and what only tests and migrations use. */
const secondary = /(?:^|_)(?:REPLICA|SHADOW|TEST|GEO|READ)_/;
const secret =
  /(?:^|_)(?:SECRETS?|PASSWORD|PASSWD|(?:ENCRYPTION|SIGNING|APP|MASTER|PRIVATE)_KEY|KEY_BASE|SALT|(?:DATABASE|DB)_UR[IL])(?:_|$)/;

/** Languages that are compiled or run together, by the endings of their files. */
const families: readonly (readonly [languages: RegExp, files: RegExp])[] = [
  [/^python$/, /\.py$/],
  [/^ruby$/, /\.r[bu]$/],
  [/^php$/, /\.php$/],
  [/^go$/, /\.go$/],
  [/^rust$/, /\.rs$/],
  [/^(?:java|kotlin|scala|clojure)$/, /\.(?:java|kt|scala|cljc?)$/],
  [/^[cf]sharp$/, /\.[cf]s$/],
  [/^elixir$/, /\.exs?$/],
  [/^(?:java|type)script$/, /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/],
];

/** A helper in another language beside the service: what it reads is not the service's. */
export function isForeign(language: string, file: string): boolean {
  return families.some(([languages, files]) => files.test(file) && !languages.test(language));
}

/** A script beside the service, which is run by hand or by what deploys it. */
function isByHand(language: string, file: string): boolean {
  return language === 'elixir' && file.endsWith('.exs') && !/(?:^|\/)config\//.test(file);
}

/** Tells whether a variable's name says that it leads to this system. */
export function leadsTo(system: BackingService, name: string): boolean {
  if (secondary.test(name)) return false;
  const pattern = `(?:^|_)(?:${connections[system]})_?(?:UR[IL]|DSN|CONNECTION(?:_STRING)?|SERVERS?|BROKERS?|ENDPOINT|NODES?)$|^(?:${connections[system]})_?(?:HOST(?:NAME|S)?|PASS(?:WORD)?)$`;
  return new RegExp(pattern).test(name);
}

/**
 * The variables of a service, by name. One is required where some place of the source cannot do
 * without it, or where it is only ever read without a default or a test and it leads to a system that the
 * service needs, or is a secret that the project's example of the environment sets.
 */
export function variablesOf(
  draft: Draft,
  own: readonly Signal[],
  systems: readonly BackingService[],
): EnvVar[] {
  const read = own.filter(({ fact, file }) => fact === 'env' && !isForeign(draft.language, file));
  const treated = new Set(
    read.filter(({ required, bare }) => !required && !bare).map(({ value }) => value),
  );
  const isNeeded = ({ value: name, bare }: Signal): boolean =>
    bare &&
    !treated.has(name) &&
    (systems.some((system) => leadsTo(system, name)) ||
      (draft.examples.has(name) && secret.test(name)));
  const addresses = new Map(
    [
      ...draft.variables.flatMap(({ name, address }) =>
        address ? [[name, address] as const] : [],
      ),
      ...own.flatMap(({ fact, value }) => {
        const at = fact === 'address' ? value.indexOf('=') : -1;
        return at === -1 ? [] : [[value.slice(0, at), value.slice(at + 1)] as const];
      }),
    ].reverse(),
  );
  const choices = choicesOf(own);
  const told = new Map(draft.variables.map((one) => [one.name, one]));
  const found = new Map<string, EnvVar>();
  const all = [
    ...read.map((signal) => ({
      name: signal.value,
      required: (signal.required || isNeeded(signal)) && !isByHand(draft.language, signal.file),
      file: signal.file,
      line: signal.line,
    })),
    ...draft.variables,
  ];
  for (const variable of all) {
    if (platformVariables.has(variable.name)) continue;
    const known = found.get(variable.name);
    // One place with a default is not enough: another that has none still needs the variable.
    if (!known || (variable.required && !known.required)) found.set(variable.name, variable);
  }
  return [...found.values()]
    .map(({ address: _one, ...variable }) => {
      const address = addresses.get(variable.name);
      const words = choices.get(variable.name);
      const { connection, sibling, value } = told.get(variable.name) ?? {};
      return {
        ...variable,
        ...(connection === undefined ? {} : { connection }),
        ...(sibling === undefined ? {} : { sibling }),
        ...(value === undefined ? {} : { value }),
        ...(address === undefined ? {} : { address }),
        ...(words === undefined ? {} : { choices: words }),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Variables that choose the database, with the words that the sources compare them with. */
export function choicesOf(own: readonly Signal[]): ReadonlyMap<string, string[]> {
  const choices = new Map<string, string[]>();
  for (const { fact, value } of own) {
    if (fact !== 'choice') continue;
    const [name = '', words = ''] = value.split('=');
    choices.set(name, [...new Set([...(choices.get(name) ?? []), ...words.split(',')])]);
  }
  return choices;
}
