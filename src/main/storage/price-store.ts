import type { Database, Statement } from 'better-sqlite3';

/** A price that the user set, in US dollars a million tokens. */
export type StoredPrice = {
  readonly provider: string;
  readonly model: string;
  readonly input: number;
  readonly output: number;
};

/** The user's own prices of models. */
export class PriceStore {
  readonly #list: Statement<[], StoredPrice>;
  readonly #of: Statement<[string], StoredPrice>;
  readonly #set: Statement<[string, string, number, number]>;
  readonly #delete: Statement<[string, string]>;

  constructor(db: Database) {
    this.#list = db.prepare('SELECT * FROM model_prices ORDER BY provider, model');
    this.#of = db.prepare('SELECT * FROM model_prices WHERE provider = ? ORDER BY model');
    this.#set = db.prepare(`
      INSERT INTO model_prices (provider, model, input, output) VALUES (?, ?, ?, ?)
      ON CONFLICT (provider, model) DO UPDATE SET input = excluded.input, output = excluded.output`);
    this.#delete = db.prepare('DELETE FROM model_prices WHERE provider = ? AND model = ?');
  }

  list(): readonly StoredPrice[] {
    return this.#list.all();
  }

  /** Those of one provider. */
  of(provider: string): readonly StoredPrice[] {
    return this.#of.all(provider);
  }

  set({ provider, model, input, output }: StoredPrice): void {
    this.#set.run(provider, model, input, output);
  }

  /** Whether there was one. */
  delete(provider: string, model: string): boolean {
    return this.#delete.run(provider, model).changes > 0;
  }
}
