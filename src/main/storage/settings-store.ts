import type { Database, Statement } from 'better-sqlite3';
import { type Settings, settingsSchema } from '#shared/settings.ts';

type Row = { readonly key: string; readonly value: string };

/** The settings, one row each; what is missing or no longer valid reads as its default. */
export class SettingsStore {
  readonly #db: Database;
  readonly #read: Statement<[], Row>;
  readonly #upsert: Statement<[string, string]>;

  constructor(db: Database) {
    this.#db = db;
    this.#read = db.prepare('SELECT key, value FROM settings');
    this.#upsert = db.prepare(
      'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    );
  }

  /** All settings. */
  get(): Settings {
    const stored = new Map(this.#read.all().map(({ key, value }) => [key, parsed(value)]));
    const valid: Record<string, unknown> = {};
    for (const [key, schema] of Object.entries(settingsSchema.shape)) {
      const value = schema.safeParse(stored.get(key));
      if (value.success) valid[key] = value.data;
    }
    return settingsSchema.parse(valid);
  }

  /** Changes the given settings, all or none, and returns all. */
  set(change: { readonly [K in keyof Settings]?: Settings[K] | undefined }): Settings {
    this.#db.transaction(() => {
      for (const [key, value] of Object.entries(change)) {
        if (value !== undefined) this.#upsert.run(key, JSON.stringify(value));
      }
    })();
    return this.get();
  }
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
