import { existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { ensureFolder } from '#main/core/data-folder.ts';
import { fileError, systemCode } from '#main/core/file-error.ts';
import { OmegaError } from '#shared/error.ts';
import { migrate } from './migrate.ts';

/** Above this the whole-file check at start is left out, unless it is asked for: it would hold the start up. */
const maxCheckedBytes = 64_000_000;
/** Beside the store: its next start checks all of it, whatever its size. */
const suspectName = 'omega.db.suspect';

/** An open store file; `notice` tells the user that a damaged one was set aside, and where. */
export type OpenDatabase = { readonly db: Database; readonly notice: string | null };

/**
 * Opens `omega.db` in the data folder and brings its schema up to date. A damaged file is moved
 * aside, never deleted, and a fresh one takes its place. Throws `NOT_WRITABLE`, `NO_SPACE`, or
 * `REFUSED` for a store of a newer version.
 */
export function openDatabase(folder: string, now: number): OpenDatabase {
  refuseOldNode();
  ensureFolder(folder);
  const file = join(folder, 'omega.db');
  try {
    return { db: connect(file, now), notice: null };
  } catch (error) {
    if (!isDamage(error)) throw fileError(error, file, 'write');
  }
  const aside = setAside(file, now);
  const notice = `The store was damaged and could not be read. It was kept as "${aside}" and a new one was started; your projects' files are untouched, the list of projects, runs and checkpoints starts empty.`;
  return { db: connect(file, now), notice };
}

/** Has the next start check the whole store; without effect where nothing can be written. */
export function suspectDatabase(folder: string): void {
  try {
    writeFileSync(join(folder, suspectName), '');
  } catch {
    // The call that found the damage has failed already, and says so.
  }
}

/** Whether the error says that the file of the store is damaged. */
export function isDamage(error: unknown): boolean {
  return systemCode(error).startsWith('SQLITE_CORRUPT') || systemCode(error) === 'SQLITE_NOTADB';
}

/** Below 22 the native module ends the process without a word as soon as a database is opened. */
function refuseOldNode(): void {
  const { node } = process.versions;
  if (Number.parseInt(node, 10) >= 22) return;
  throw new OmegaError(
    'REFUSED',
    `Omega Studio needs Node 22 or newer, this is ${node}. Run it through "npm start" or "npm run omega", which bring their own.`,
  );
}

function connect(file: string, now: number): Database {
  const db = new Sqlite(file, { timeout: 5_000 });
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('foreign_keys = ON');
    check(db, file);
    rmSync(join(dirname(file), suspectName), { force: true });
    migrate(db, now);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function check(db: Database, file: string): void {
  const isSuspect = existsSync(join(dirname(file), suspectName));
  if (statSync(file).size > maxCheckedBytes && !isSuspect) return;
  const verdict = db.pragma('quick_check(1)', { simple: true });
  if (verdict !== 'ok') throw new Sqlite.SqliteError(String(verdict), 'SQLITE_CORRUPT');
}

function setAside(file: string, now: number): string {
  const aside = `${file}.damaged-${now}`;
  try {
    for (const suffix of ['', '-wal', '-shm']) {
      if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
    }
  } catch (error) {
    throw fileError(error, file, 'write');
  }
  return aside;
}
