import type { Database, Statement } from 'better-sqlite3';
import type { InstanceLock } from './instance-lock.ts';

/** What an instance last told of itself; `at` in ms since 1970, `metrics` and `health` are JSON. */
export type TelemetryRow = {
  readonly instance: string;
  readonly door: string;
  readonly pid: number;
  readonly at: number;
  readonly metrics: string;
  readonly health: string | null;
};

/** The latest figures of each instance that runs on this data folder, for other processes to read. */
export class TelemetryStore {
  readonly #lock: InstanceLock;
  readonly #upsert: Statement<[TelemetryRow]>;
  readonly #all: Statement<[], TelemetryRow>;
  readonly #remove: Statement<[string]>;

  constructor(db: Database, lock: InstanceLock) {
    this.#lock = lock;
    this.#upsert = db.prepare(`
      INSERT INTO telemetry (instance, door, pid, at, metrics, health)
      VALUES (@instance, @door, @pid, @at, @metrics, @health)
      ON CONFLICT (instance) DO UPDATE SET
        at = excluded.at, metrics = excluded.metrics, health = excluded.health
    `);
    this.#all = db.prepare('SELECT * FROM telemetry ORDER BY at DESC, instance');
    this.#remove = db.prepare('DELETE FROM telemetry WHERE instance = ?');
  }

  /** Replaces what this instance told before. */
  write(row: Omit<TelemetryRow, 'instance'>): void {
    this.#upsert.run({ ...row, instance: this.#lock.id });
  }

  /** What every instance that still runs told, the latest first. */
  running(): readonly TelemetryRow[] {
    return this.#all.all().filter(({ instance }) => this.#lock.isAlive(instance));
  }

  /** Forgets this instance, and those that ended without doing so. */
  sweep(): void {
    for (const { instance } of this.#all.all()) {
      if (instance === this.#lock.id || !this.#lock.isAlive(instance)) this.#remove.run(instance);
    }
  }
}
