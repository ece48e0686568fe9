import type { Database, Statement } from 'better-sqlite3';
import {
  type DomainName,
  type Intelligence,
  intelligenceSchema,
  type TrialRecord,
  trialSchema,
} from '#shared/intelligence.ts';
import type { InstanceLock } from './instance-lock.ts';

type Row = {
  readonly id: string;
  readonly domain: string;
  readonly state: string;
  readonly record: string;
  readonly instance: string;
};

/** Intelligences, of every process on this data folder, and how each was found. */
export class IntelligenceStore {
  readonly #db: Database;
  readonly #lock: InstanceLock;
  readonly #save: Statement<[Row]>;
  readonly #get: Statement<[string], Row>;
  readonly #list: Statement<[number], Row>;
  readonly #ofDomain: Statement<[string, number], Row>;
  readonly #searching: Statement<[], Row>;
  readonly #addTrial: Statement<[string, number, string]>;
  readonly #trials: Statement<[string], { readonly trial: string }>;

  constructor(db: Database, lock: InstanceLock) {
    this.#db = db;
    this.#lock = lock;
    this.#save = db.prepare(`
      INSERT INTO intelligences (id, seq, domain, state, record, instance)
      VALUES (@id, (SELECT coalesce(max(seq), 0) + 1 FROM intelligences), @domain, @state, @record,
        @instance)
      ON CONFLICT (id) DO UPDATE SET state = excluded.state, record = excluded.record
    `);
    this.#get = db.prepare('SELECT * FROM intelligences WHERE id = ?');
    this.#list = db.prepare('SELECT * FROM intelligences ORDER BY seq DESC LIMIT ?');
    this.#ofDomain = db.prepare(
      'SELECT * FROM intelligences WHERE domain = ? ORDER BY seq DESC LIMIT ?',
    );
    this.#searching = db.prepare(`SELECT * FROM intelligences WHERE state = 'searching'`);
    this.#addTrial = db.prepare(
      'INSERT INTO intelligence_trials (intelligence_id, at, trial) VALUES (?, ?, ?)',
    );
    this.#trials = db.prepare(
      'SELECT trial FROM intelligence_trials WHERE intelligence_id = ? ORDER BY at',
    );
  }

  /** Keeps an intelligence as it is now. */
  save(intelligence: Intelligence): void {
    const { id, state, spec } = intelligence;
    const record = JSON.stringify(intelligence);
    this.#save.run({ id, domain: spec.domain, state, record, instance: this.#lock.id });
  }

  get(id: string): Intelligence | null {
    const row = this.#get.get(id);
    return row ? intelligenceOf(row) : null;
  }

  /** The last ones, of a domain or of all (null), the newest first. */
  list(domain: DomainName | null, limit: number): readonly Intelligence[] {
    const rows = domain === null ? this.#list.all(limit) : this.#ofDomain.all(domain, limit);
    return rows.map(intelligenceOf);
  }

  /** Notes a measurement of a search. */
  addTrial(id: string, trial: TrialRecord): void {
    this.#addTrial.run(id, trial.at, JSON.stringify(trial));
  }

  /** The measurements that found an intelligence, in their order. */
  trials(id: string): readonly TrialRecord[] {
    return this.#trials.all(id).map(({ trial }) => trialSchema.parse(JSON.parse(trial)));
  }

  /** Notes searches whose process is gone as cut off; returns how many. */
  sweep(now: number): number {
    const gone = this.#searching.all().filter(({ instance }) => !this.#lock.isAlive(instance));
    this.#db
      .transaction(() => {
        for (const row of gone) {
          this.save({ ...intelligenceOf(row), state: 'cut-off', endedAt: now });
        }
      })
      .immediate();
    return gone.length;
  }
}

function intelligenceOf({ record }: Row): Intelligence {
  return intelligenceSchema.parse(JSON.parse(record));
}
