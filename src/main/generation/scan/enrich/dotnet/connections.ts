import { type BackingService, backingServices } from '#shared/scan.ts';
import { backingOf } from '../../backing-catalogue.ts';
import type { Draft } from '../../draft.ts';
import type { Signal } from '../../source-signals.ts';
import type { Settings } from './app-settings.ts';
import { readConnection } from './connection-text.ts';
import { databaseName } from './databases.ts';

/** The connection strings that a source asks for by name, as variables that lead to its systems. */
export function readConnections(
  draft: Draft,
  signals: readonly Signal[],
  settings: Settings,
  local: Settings,
): void {
  const all = signals.filter(({ fact }) => fact === 'connection');
  const byName = Map.groupBy(all, ({ value }) => value.slice(value.indexOf('=') + 1).toLowerCase());
  for (const [key, found] of byName) {
    const first = found.find(({ value }) => !value.startsWith('=')) ?? (found[0] as Signal);
    const [said = '', name = ''] = first.value.split('=');
    const texts = [settings, local].flatMap((one) => one.get(`connectionstrings:${key}`) ?? []);
    const written = texts.map(({ value }) => readConnection(value));
    const word = said || written.find(({ system }) => system !== null)?.system || byWord(name);
    if (word === 'sqlite') continue;
    const at = { file: first.file, line: first.line };
    const isTested = found.some(({ tested }) => tested);
    const guess =
      isTested || word === 'other' || !isOfDatabase.test(name) ? null : soleDatabase(draft);
    const system = backingServices.find((one) => one === word) ?? guess;
    // Of what is registered below a condition some set-ups have no use.
    const isNeeded = !isTested && found.some(({ required, bare }) => required || (bare && system));
    const database = databaseName(written.find((one) => one.database)?.database ?? name);
    if (system && said && isNeeded) draft.dependsOn(`image:${system}`, at);
    draft.isTold({
      name: `ConnectionStrings__${name}`,
      required: isNeeded,
      ...(system
        ? { connection: { system, ...(database && keeps(system) ? { database } : {}) } }
        : {}),
      ...at,
    });
  }
}

/** Names of connection strings that lead to a database. */
const isOfDatabase = /db$|database|sql|context|data|store|connection|default/i;

const databases: readonly BackingService[] = [
  'postgres',
  'mysql',
  'mariadb',
  'sqlserver',
  'mongodb',
];

const keeps = (system: BackingService): boolean => databases.includes(system);

/** The system that the name of a connection string speaks of. */
function byWord(name: string): string | null {
  const words: readonly (readonly [RegExp, BackingService])[] = [
    [/redis|^cache$/i, 'redis'],
    [/rabbit|^(?:event|message)?bus$/i, 'rabbitmq'],
    [/mongo/i, 'mongodb'],
    [/postgres|npgsql/i, 'postgres'],
    [/mysql/i, 'mysql'],
  ];
  return words.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** The only database that the service has a client of. */
function soleDatabase(draft: Draft): BackingService | null {
  const found = new Set(
    draft.dependencies.flatMap(({ name }) => backingOf(name) ?? []).filter(keeps),
  );
  const [one] = found;
  return found.size === 1 && one !== undefined ? one : null;
}
