import type { Draft } from '../draft.ts';
import type { ProjectTree } from '../project-tree.ts';

const names = ['.env.example', '.env.sample', '.env.template', '.env.dist', '.env'];
/** Systems by the scheme of a URL. */
const schemes: Readonly<Record<string, string>> = {
  postgres: 'postgres',
  postgresql: 'postgres',
  pgsql: 'postgres',
  ecto: 'postgres',
  mysql: 'mysql',
  mysql2: 'mysql',
  mariadb: 'mariadb',
  sqlserver: 'sqlserver',
  mongodb: 'mongodb',
  'mongodb+srv': 'mongodb',
  redis: 'redis',
  rediss: 'redis',
  amqp: 'rabbitmq',
  amqps: 'rabbitmq',
  nats: 'nats',
  memcached: 'memcached',
  neo4j: 'neo4j',
  bolt: 'neo4j',
  clickhouse: 'clickhouse',
};

/**
 * What an example of the environment gives away: the database that a connection URL or Laravel's
 * drivers name. The first of two settings of one variable counts.
 */
export async function readEnvExamples(drafts: readonly Draft[], tree: ProjectTree): Promise<void> {
  for (const draft of drafts) {
    const own = tree.firstIn(draft.path, names);
    const file = own ?? tree.firstIn(draft.context, names);
    if (file === null || draft.kind === 'library') continue;
    const content = (await tree.read(file)) ?? '';
    for (const [index, line] of content.split('\n').entries()) {
      const [, name = '', value = ''] =
        /^\s*(?:export\s+)?([A-Z_][A-Z0-9_]*)\s*=\s*["']?([^\s"'#]*)/.exec(line.slice(0, 500)) ??
        [];
      if (name !== '' && value !== '') draft.examples.add(name);
      // A workspace's example is for all of its services; which of them uses a system it does not say.
      if (own === null) continue;
      const system = systemOf(name, value);
      if (system) draft.dependsOn(`image:${system}`, { file, line: index + 1 });
    }
  }
}

function systemOf(name: string, value: string): string | null {
  const scheme = /^([a-z0-9+]{2,20}):\/\//.exec(value)?.[1] ?? '';
  const word = /^(?:DB_CONNECTION|CACHE_STORE|CACHE_DRIVER|QUEUE_CONNECTION|SESSION_DRIVER)$/.test(
    name,
  )
    ? value
    : scheme;
  return Object.hasOwn(schemes, word) ? (schemes[word] ?? null) : null;
}
