import type { BackingService, EnvVar, Service } from '#shared/scan.ts';
import { wordFor } from '../database-words.ts';
import { type Connection, dotnetConnections, wirings } from './connections.ts';
import { dataFolders } from './data-folders.ts';
import { deployedEnv, isSecretName } from './env-class.ts';

/**
 * The value of a conventional connection variable of a service, or null where the name follows no
 * convention of its backing services.
 */
export function wiredValue(
  service: Service,
  name: string,
  connections: (system: BackingService) => Connection,
): string | null {
  const said = service.env.find((one) => one.name === name);
  if (said?.value !== undefined && !isSecretName(name)) return said.value;
  if (said?.connection) return dotnetValue(service, said.connection, connections);
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

/** A connection string of .NET; of a system that is not the service's after all there is none. */
function dotnetValue(
  { backingServices }: Service,
  { system, database }: NonNullable<EnvVar['connection']>,
  connections: (system: BackingService) => Connection,
): string | null {
  const twins: readonly BackingService[] = ['mysql', 'mariadb'];
  const one = backingServices.find(
    (own) => own === system || (twins.includes(own) && twins.includes(system)),
  );
  const value = one === undefined ? undefined : dotnetConnections[one];
  if (one === undefined || value === undefined) return null;
  const known = connections(one);
  return value({ ...known, database: database ?? known.database });
}

const marker = 'part-of-the-connection';

/** Whether a service reads a variable that carries this part of its connection to a system. */
export function isTold(
  service: Service,
  system: BackingService,
  part: 'host' | 'password',
): boolean {
  const only = { ...service, backingServices: [system] };
  const any = { host: 'host', port: 1, user: 'user', password: 'password', database: 'database' };
  return deployedEnv(service).some(({ name }) =>
    wiredValue(only, name, () => ({ ...any, [part]: marker }))?.includes(marker),
  );
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
