import type { BackingService } from '#shared/scan.ts';
import type { Draft } from '../../draft.ts';

/** Names of connection strings that say nothing of the database. */
const plain =
  /^(?:default|sql|db|database|main|connection|app|sqlserver|postgres(?:ql)?|mysql|mongo(?:db)?)*$/i;

/** The name of a database as every system takes it, or null where the name of a connection string is none. */
export function databaseName(name: string | null): string | null {
  // Of `Company.Shop.CatalogDb` the last part is its own.
  const word = (name ?? '')
    .slice((name ?? '').lastIndexOf('.') + 1)
    .replace(/[_-]?(?:connection(?:string)?|context)$/i, '');
  if (word === '' || plain.test(word)) return null;
  const label = word.toLowerCase().replace(/[^a-z0-9]+/g, '_');
  return /^[a-z][a-z0-9_]{0,62}$/.test(label) ? label : null;
}

/**
 * Leaves the names of databases only where a system holds several of them: one that is alone is the
 * one that the system is made with. SQL Server is made with none.
 */
export function nameDatabases(drafts: readonly Draft[]): void {
  const names = new Map<BackingService, Set<string>>();
  for (const { connection } of drafts.flatMap(({ variables }) => variables)) {
    if (connection?.database === undefined) continue;
    const known = names.get(connection.system) ?? new Set();
    names.set(connection.system, known.add(connection.database));
  }
  for (const { variables } of drafts) {
    for (const [index, variable] of variables.entries()) {
      const { connection } = variable;
      if (connection === undefined || (names.get(connection.system)?.size ?? 0) > 1) continue;
      const { system } = connection;
      const alone = system === 'sqlserver' ? { system, database: 'app' } : { system };
      variables[index] = { ...variable, connection: alone };
    }
  }
}
