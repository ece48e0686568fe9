import type { BackingService, Service } from '#shared/scan.ts';
import { databasesOf } from '../databases.ts';
import { backingSpecs } from './backing.ts';

/** Makes databases that are not there yet, by the clients of the system's own image. */
type Maker = {
  readonly environment: (host: string) => Readonly<Record<string, string>>;
  /** A shell's; `$` is Compose's own. */
  readonly command: (names: readonly string[]) => string;
  readonly user: string;
};

const makers: Readonly<Partial<Record<BackingService, Maker>>> = {
  postgres: {
    environment: (host) => ({
      PGHOST: host,
      PGUSER: 'app',
      PGPASSWORD: backingSpecs.postgres.environment.POSTGRES_PASSWORD ?? '',
    }),
    command: (names) =>
      `for name in ${names.join(' ')}; do psql -d app -tAc "SELECT 1 FROM pg_database WHERE datname = '$$name'" | grep -q 1 || createdb "$$name"; done`,
    user: 'postgres',
  },
  sqlserver: {
    environment: (host) => ({
      DB_HOST: host,
      SQLCMDPASSWORD: backingSpecs.sqlserver.environment.MSSQL_SA_PASSWORD ?? '',
    }),
    command: (names) =>
      `for name in ${names.join(' ')}; do /opt/mssql-tools18/bin/sqlcmd -C -b -S "$$DB_HOST" -U sa -Q "IF DB_ID('$$name') IS NULL CREATE DATABASE [$$name]"; done`,
    user: 'mssql',
  },
};

/** The name of the service that makes the databases of a system; null where it needs none made. */
export function databasesName(
  services: readonly Service[],
  system: BackingService,
  names: ReadonlyMap<BackingService, string>,
): string | null {
  const isMade = makers[system] !== undefined && databasesOf(services, system).length > 0;
  return isMade ? `${names.get(system) ?? system}-databases` : null;
}

/** What has to be done before a service connects: the makers of the databases that it uses. */
export function madeFor(
  service: Service,
  names: ReadonlyMap<BackingService, string>,
): readonly (readonly [string, { readonly condition: string }])[] {
  return service.backingServices.flatMap((system) => {
    const name = databasesName([service], system, names);
    return name === null ? [] : [[name, { condition: 'service_completed_successfully' }] as const];
  });
}

/** The service that makes the databases of a system once it answers; null where it needs none made. */
export function databasesEntry(
  services: readonly Service[],
  system: BackingService,
  names: ReadonlyMap<BackingService, string>,
): Readonly<Record<string, unknown>> | null {
  const maker = makers[system];
  const wanted = databasesOf(services, system);
  if (maker === undefined || wanted.length === 0) return null;
  const host = names.get(system) ?? system;
  return {
    image: backingSpecs[system].image,
    command: ['sh', '-ec', maker.command(wanted)],
    environment: maker.environment(host),
    user: maker.user,
    depends_on: { [host]: { condition: 'service_healthy' } },
    networks: ['backend'],
    restart: 'no',
    security_opt: ['no-new-privileges:true'],
    cap_drop: ['ALL'],
  };
}
