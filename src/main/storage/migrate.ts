import type { Database } from 'better-sqlite3';
import { OmegaError } from '#shared/error.ts';
import { migrations } from './migrations.ts';

/**
 * Brings the schema up to date in one transaction that other processes wait for. Throws `REFUSED`
 * where a newer version of the app made the store: it is left as it is.
 */
export function migrate(db: Database, now: number): void {
  db.exec(
    'CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT',
  );
  const read = db.prepare<[], { version: number | null }>(
    'SELECT max(version) AS version FROM schema_version',
  );
  const record = db.prepare<[number, number]>(
    'INSERT INTO schema_version (version, applied_at) VALUES (?, ?)',
  );
  db.transaction(() => {
    const version = read.get()?.version ?? 0;
    if (version > migrations.length) throw tooNew(version);
    for (const [index, step] of migrations.entries()) {
      if (index < version) continue;
      db.exec(step);
      record.run(index + 1, now);
    }
  }).immediate();
}

function tooNew(version: number): OmegaError {
  return new OmegaError(
    'REFUSED',
    `The store was made by a newer Omega Studio (schema ${version}, this one knows ${migrations.length}); start that version, or choose another data folder with OMEGA_HOME.`,
  );
}
