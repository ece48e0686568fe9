import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { ensureFolder } from '#main/core/data-folder.ts';
import type { AsyncResource } from '#main/core/disposable.ts';
import { systemCode } from '#main/core/file-error.ts';

/**
 * Tells which of the processes that share a data folder still live. Each holds an exclusive lock
 * on a file of its own, which the system lets go when the process ends, however it ends; a pid
 * could be another process by now.
 */
export class InstanceLock implements AsyncResource {
  readonly id: string;
  readonly #folder: string;
  readonly #held: Sqlite.Database;

  constructor(dataFolder: string, id: string) {
    this.id = id;
    this.#folder = join(dataFolder, 'instances');
    ensureFolder(this.#folder);
    this.#held = new Sqlite(this.#file(id), { timeout: 0 });
    this.#held.exec('BEGIN EXCLUSIVE');
    this.#sweep();
  }

  /** Whether the instance with that id still runs, in this process or another. */
  isAlive(id: string): boolean {
    if (id === this.id) return true;
    const file = this.#file(id);
    if (!existsSync(file)) return false;
    const probe = new Sqlite(file, { timeout: 0 });
    try {
      probe.exec('BEGIN EXCLUSIVE');
      return false;
    } catch (error) {
      return systemCode(error) === 'SQLITE_BUSY';
    } finally {
      probe.close();
    }
  }

  dispose(): void {
    if (!this.#held.open) return;
    this.#held.close();
    rmSync(this.#file(this.id), { force: true });
  }

  #file(id: string): string {
    return join(this.#folder, `${id}.lock`);
  }

  /** Removes what dead instances left. */
  #sweep(): void {
    for (const name of readdirSync(this.#folder)) {
      const id = name.endsWith('.lock') ? name.slice(0, -'.lock'.length) : '';
      if (id && !this.isAlive(id)) rmSync(this.#file(id), { force: true });
    }
  }
}
