import { join } from 'node:path';
import Sqlite, { type Database, type Statement } from 'better-sqlite3';
import type { AsyncResource } from '#main/core/disposable.ts';

/** An event on its way into the journal; `data` is JSON. */
export type NewEventRow = {
  readonly at: number;
  readonly type: string;
  readonly trace: string | null;
  readonly data: string | null;
};

/**
 * Writes rows of the event journal, through a connection of its own: it is still there when the
 * runtime has closed its store, and it waits for nobody.
 */
export class EventAppender implements AsyncResource {
  readonly #db: Database;
  readonly #insert: Statement<[number, string, string, string | null, string | null]>;
  readonly #prune: Statement<[number]>;

  /** Opens a store whose schema is there. Throws SQLite's error. */
  constructor(dataFolder: string) {
    this.#db = new Sqlite(join(dataFolder, 'omega.db'), { fileMustExist: true, timeout: 0 });
    try {
      this.#db.pragma('synchronous = NORMAL');
      this.#insert = this.#db.prepare(
        'INSERT INTO events (at, instance, type, trace, data) VALUES (?, ?, ?, ?, ?)',
      );
      this.#prune = this.#db.prepare(
        'DELETE FROM events WHERE seq <= (SELECT max(seq) FROM events) - ?',
      );
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  /**
   * Adds a group and deletes all but the latest `keep` rows, in one transaction. Throws SQLite's
   * error, `SQLITE_BUSY` where another process writes for longer than `waitMs`; then nothing of it
   * was written.
   */
  append(instance: string, group: readonly NewEventRow[], keep: number, waitMs: number): void {
    this.#db.pragma(`busy_timeout = ${waitMs}`);
    const write = this.#db.transaction(() => {
      for (const { at, type, trace, data } of group) {
        this.#insert.run(at, instance, type, trace, data);
      }
      this.#prune.run(keep);
    });
    write.immediate();
  }

  dispose(): void {
    this.#db.close();
  }
}
