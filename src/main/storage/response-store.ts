import type { Database, Statement } from 'better-sqlite3';

/** An answer of a model as it is kept; times in ms since 1970, `bytes` what it counts for. */
export type ResponseRow = {
  readonly key: string;
  readonly provider: string;
  readonly project: string | null;
  readonly made_at: number;
  readonly bytes: number;
  readonly checksum: number;
  readonly finish: string;
  readonly input_tokens: number | null;
  readonly output_tokens: number | null;
  readonly text: string;
  /** JSON of where a person took it over from; null where it was answered. */
  readonly accepted: string | null;
};

/** What the request of an answer was about. */
export type ResponseNoteRow = {
  readonly key: string;
  readonly topic: string;
  readonly model: string;
  readonly text: string;
  readonly details: string;
};

/** What there is in all, and a number that rises when what was read before may be wrong now. */
export type ResponseTotals = {
  readonly entries: number;
  readonly bytes: number;
  readonly generation: number;
};

/** Whose rows are meant; what is absent restricts nothing, a project of null is "for none". */
export type ResponseOwner = { readonly provider?: string; readonly project?: string | null };

type Found = { readonly id: number; readonly bytes: number };

const columns =
  'key, provider, project, made_at, bytes, checksum, finish, input_tokens, output_tokens, text, accepted';

/** Answers of models by the hash of their request, shared by every process of the data folder. */
export class ResponseStore {
  readonly #db: Database;
  readonly #totals: Statement<[], ResponseTotals>;
  readonly #generation: Statement<[], number>;
  readonly #get: Statement<[string], ResponseRow>;
  readonly #put: Statement<[ResponseRow]>;
  readonly #note: Statement<[ResponseNoteRow]>;
  readonly #touch: Statement<[number, string, number]>;
  readonly #remove: Statement<[number]>;
  readonly #removeKey: Statement<[string]>;
  readonly #removeAccepted: Statement<[string]>;
  readonly #leastUsed: Statement<[number], Found>;
  readonly #olderThan: Statement<[number, number], Found>;
  readonly #newest: Statement<[], number>;
  readonly #next: Statement<[], unknown>;

  constructor(db: Database) {
    this.#db = db;
    this.#totals = db.prepare('SELECT entries, bytes, generation FROM response_totals');
    this.#generation = db
      .prepare<[], number>('SELECT generation FROM response_totals WHERE id = 1')
      .pluck();
    this.#get = db.prepare(`SELECT ${columns} FROM responses WHERE key = ?`);
    this.#put = db.prepare(`
      INSERT INTO responses (used_at, ${columns})
      VALUES (@made_at, @${columns.replaceAll(', ', ', @')})
      ON CONFLICT (key) DO UPDATE SET
        provider = excluded.provider, project = excluded.project, made_at = excluded.made_at,
        used_at = excluded.used_at, bytes = excluded.bytes, checksum = excluded.checksum,
        finish = excluded.finish, input_tokens = excluded.input_tokens,
        output_tokens = excluded.output_tokens, text = excluded.text,
        accepted = excluded.accepted`);
    // What was noted of a text that stood there before has gone with it.
    this.#note = db.prepare(`
      INSERT INTO response_notes (id, topic, model, text, details)
      SELECT id, @topic, @model, @text, @details FROM responses WHERE key = @key`);
    this.#touch = db.prepare('UPDATE responses SET used_at = ? WHERE key = ? AND used_at < ?');
    this.#remove = db.prepare('DELETE FROM responses WHERE id = ?');
    this.#removeKey = db.prepare('DELETE FROM responses WHERE key = ?');
    this.#removeAccepted = db.prepare(
      'DELETE FROM responses WHERE key = ? AND accepted IS NOT NULL',
    );
    this.#leastUsed = db.prepare('SELECT id, bytes FROM responses ORDER BY used_at LIMIT ?');
    this.#olderThan = db.prepare(
      'SELECT id, bytes FROM responses WHERE made_at <= ? ORDER BY made_at LIMIT ?',
    );
    this.#newest = db.prepare<[], number>('SELECT coalesce(max(id), 0) FROM responses').pluck();
    this.#next = db.prepare('UPDATE response_totals SET generation = generation + 1');
  }

  totals(): ResponseTotals {
    return this.#totals.get() ?? { entries: 0, bytes: 0, generation: 0 };
  }

  /** See {@link ResponseTotals}. */
  generation(): number {
    return this.#generation.get() ?? 0;
  }

  get(key: string): ResponseRow | null {
    return this.#get.get(key) ?? null;
  }

  /** In the order of the keys, all as they were at one moment. */
  getMany(keys: readonly string[]): readonly (ResponseRow | null)[] {
    return this.#db.transaction(() => keys.map((key) => this.#get.get(key) ?? null))();
  }

  /** Keeps all or none; the generation before and after it, between which nobody else wrote. */
  put(
    rows: readonly ResponseRow[],
    notes: readonly ResponseNoteRow[] = [],
  ): { readonly before: number; readonly after: number } {
    return this.#write(() => {
      const before = this.generation();
      for (const row of rows) this.#put.run(row);
      for (const note of notes) this.#note.run(note);
      return { before, after: this.generation() };
    });
  }

  /** Notes when rows were used last. */
  touch(uses: ReadonlyMap<string, number>): void {
    this.#write(() => {
      for (const [key, at] of uses) this.#touch.run(at, key, at);
    });
  }

  remove(key: string): void {
    this.#removeKey.run(key);
  }

  /** Removes what a person accepted under a key, and has every process forget it; whether it was there. */
  removeAccepted(key: string): boolean {
    return this.#write(() => {
      const { changes } = this.#removeAccepted.run(key);
      if (changes > 0) this.#next.run();
      return changes > 0;
    });
  }

  /** Removes those that were used least lately until so many bytes are free, at most `group` of them. */
  evict(bytes: number, group: number): number {
    return this.#write(() => {
      let freed = 0;
      let count = 0;
      for (const found of this.#leastUsed.all(group)) {
        if (freed >= bytes) break;
        this.#remove.run(found.id);
        freed += found.bytes;
        count += 1;
      }
      return count;
    });
  }

  /** Removes at most `group` of those that were made at a time or before. */
  expire(madeAt: number, group: number): number {
    return this.#write(() => this.#removeAll(this.#olderThan.all(madeAt, group)));
  }

  /**
   * Begins to remove what an owner has now. Each call of what is returned removes at most `group` of
   * it; the one that finds nothing more has every process forget what it holds in memory.
   */
  clearing({ provider, project }: ResponseOwner): (group: number) => number {
    const upTo = this.#newest.get() ?? 0;
    const wanted = [
      'id <= @upTo',
      ...(provider === undefined ? [] : ['provider = @provider']),
      ...(project === undefined ? [] : ['project IS @project']),
    ];
    const find = this.#db.prepare<[object], Found>(
      `SELECT id, bytes FROM responses WHERE ${wanted.join(' AND ')} LIMIT @group`,
    );
    const named = { upTo, provider: provider ?? null, project: project ?? null };
    return (group) =>
      this.#write(() => {
        const found = find.all({ ...named, group });
        // Only now: what was removed in steps may have been read again between them.
        if (found.length === 0) this.#next.run();
        return this.#removeAll(found);
      });
  }

  #removeAll(found: readonly Found[]): number {
    for (const { id } of found) this.#remove.run(id);
    return found.length;
  }

  #write<T>(work: () => T): T {
    return this.#db.transaction(work).immediate();
  }
}
