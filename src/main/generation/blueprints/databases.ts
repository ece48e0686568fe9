import type { BackingService, Service } from '#shared/scan.ts';
import { backingSpecs } from './compose/backing.ts';

/**
 * The databases that services want of one system beside the one that the system is made with, sorted.
 * Only .NET's connection strings name theirs.
 */
export function databasesOf(
  services: readonly Service[],
  system: BackingService,
): readonly string[] {
  const names = services
    .filter(({ backingServices }) => backingServices.includes(system))
    .flatMap(({ env }) => env.flatMap(({ connection }) => connection ?? []))
    .filter((one) => one.system === system && one.database !== backingSpecs[system].database)
    .flatMap(({ database }) => database ?? []);
  return [...new Set(names)].sort();
}

/** Whether a service keeps its data in the database that the system is made with: it names none of its own. */
export function usesCommon(services: readonly Service[], system: BackingService): boolean {
  return services.some(
    ({ backingServices, env }) =>
      backingServices.includes(system) &&
      !env.some(
        ({ connection }) => connection?.system === system && connection.database !== undefined,
      ),
  );
}
