import type { Database, Statement } from 'better-sqlite3';

/**
 * `probe` is written by each trial of the store; `bounds` is what the adaptive loop has moved, as JSON;
 * `embeddedBy` is the model that texts have vectors of.
 */
type MetaKey = 'sampleAdded' | 'probe' | 'bounds' | 'embeddedBy';

/** Small facts that the app keeps about itself: what was done once and must not be done again. */
export class MetaStore {
  readonly #read: Statement<[string], { readonly value: string }>;
  readonly #upsert: Statement<[string, string]>;

  constructor(db: Database) {
    this.#read = db.prepare('SELECT value FROM meta WHERE key = ?');
    this.#upsert = db.prepare(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    );
  }

  /** The value, or null where there is none. */
  get(key: MetaKey): string | null {
    return this.#read.get(key)?.value ?? null;
  }

  set(key: MetaKey, value: string): void {
    this.#upsert.run(key, value);
  }
}
