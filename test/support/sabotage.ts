import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

/**
 * Takes a table out of an app's store behind its back, so that every call that needs it really
 * fails; the function that it returns puts it back with all that was in it.
 */
export function withoutTable(dataFolder: string, table: string): () => void {
  const rename = (from: string, to: string): void => {
    const db = new Sqlite(join(dataFolder, 'omega.db'), { timeout: 5_000 });
    // Triggers and foreign keys go on naming the table that is gone.
    db.pragma('legacy_alter_table = ON');
    db.pragma('foreign_keys = OFF');
    db.exec(`ALTER TABLE ${from} RENAME TO ${to}`);
    db.close();
  };
  rename(table, `${table}_away`);
  return () => rename(`${table}_away`, table);
}
