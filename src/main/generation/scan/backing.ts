import type { BackingService } from '#shared/scan.ts';
import { backingOf } from './backing-catalogue.ts';
import { keepChosen } from './database-choice.ts';
import type { Draft } from './draft.ts';
import type { Signal } from './source-signals.ts';
import { leadsTo } from './variables.ts';

/**
 * The systems that a service needs, by its client packages and what its author's files name; each
 * gets its evidence. Those that it goes without where no variable leads to them become an unknown.
 */
export function chooseBacking(draft: Draft, own: readonly Signal[]): BackingService[] {
  const found = new Map<BackingService, Draft['dependencies'][number]>();
  const named = new Set<BackingService>();
  for (const dependency of draft.dependencies) {
    const service = backingOf(dependency.name);
    if (service === null || isOnlyConfigured(draft, dependency.name)) continue;
    if (dependency.name.startsWith('image:')) named.add(service);
    if (!found.has(service)) found.set(service, dependency);
  }
  // One client serves both; the author's file says which server it is.
  const [twin, other] = named.has('mysql')
    ? (['mariadb', 'mysql'] as const)
    : (['mysql', 'mariadb'] as const);
  if (found.has(other) && !named.has(twin) && named.has(other)) found.delete(twin);
  const watched = watchedOnly(
    [...found.keys()].filter((one) => !named.has(one)),
    own,
  );
  if (watched.length > 0) {
    draft.unknown(
      'backingServices',
      `It has clients of ${watched.join(', ')}, but nothing says which of them it keeps its own data in.`,
    );
  }
  for (const service of watched) found.delete(service);
  const optional = [...found.keys()].filter(
    (service) => !named.has(service) && isOptional(service, own),
  );
  if (optional.length > 0) {
    draft.unknown(
      'backingServices',
      `The source goes without ${optional.join(', ')} where no variable leads there; add what you use.`,
    );
  }
  for (const service of optional) found.delete(service);
  keepChosen(draft, own, found, named);
  for (const [service, { file, line }] of found) {
    draft.evidence.push({ fact: 'backingServices', value: service, file, line });
  }
  return [...found.keys()];
}

const databases = new Set<BackingService>([
  'postgres',
  'mysql',
  'sqlserver',
  'mongodb',
  'cassandra',
  'clickhouse',
  'neo4j',
]);

/** What a monitor or an administration tool has clients for: many databases, with no variable that leads to any. */
function watchedOnly(
  systems: readonly BackingService[],
  own: readonly Signal[],
): readonly BackingService[] {
  const unled = systems.filter(
    (system) => !own.some(({ fact, value }) => fact === 'env' && leadsTo(system, value)),
  );
  return unled.filter((one) => databases.has(one)).length >= 3 ? unled : [];
}

/** A source that asks whether a connection is set, and nowhere insists on it, has a use without it. */
function isOptional(service: BackingService, own: readonly Signal[]): boolean {
  const read = own.filter(({ fact, value }) => fact === 'env' && leadsTo(service, value));
  const tested = new Set(read.filter((signal) => signal.tested).map(({ value }) => value));
  const needed = read.filter(
    ({ required, value, bare }) => required || (bare && !tested.has(value)),
  );
  return tested.size > 0 && needed.length === 0;
}

/** Settings may list an engine to choose from; where a driver of another is installed and none of it, that counts. */
function isOnlyConfigured(draft: Draft, name: string): boolean {
  if (!name.startsWith('django:')) return false;
  const drivers = new Set(
    draft.dependencies
      .filter((one) => !/^(?:django|image):/.test(one.name))
      .map((one) => backingOf(one.name))
      .filter((one) => one === 'postgres' || one === 'mysql'),
  );
  const engine = backingOf(name);
  return drivers.size > 0 && engine !== null && !drivers.has(engine as 'postgres' | 'mysql');
}
