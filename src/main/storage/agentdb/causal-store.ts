import type { Database, Statement } from 'better-sqlite3';
import { type Outcome, outcomes } from '#shared/agentdb-fields.ts';

/** A number of episodes, and what their outcome adds up to: the sum, and the sum of the squares. */
export type Sums = { readonly n: number; readonly sum: number; readonly squares: number };

/** Episodes of one task: those in which the cause held, and those in which it did not. */
export type Stratum = { readonly held: Sums; readonly absent: Sums };

/** What episodes say of a cause and an effect. */
export type CausalSums = {
  /** Tasks in which the cause held at least once. */
  readonly strata: readonly Stratum[];
  /** Of all tasks. */
  readonly total: Sums;
  /** The key of the newest episode among them. */
  readonly upto: number;
};

/** A cause and its effect. */
export type Edge = { readonly cause: string; readonly effect: string };

type Joined = {
  n: number;
  sum: number;
  squares: number;
  aN: number;
  aSum: number;
  aSquares: number;
};

/** Columns of a task's totals: its outcome's sum, and that of the squares. */
const totals: Record<Outcome, readonly [string, string]> = {
  success: ['successes', 'successes'],
  reward: ['rewards', 'reward_squares'],
};

/** Causes and effects, and the sums that their estimates are made from. */
export class CausalStore {
  readonly #db: Database;
  readonly #insert: Statement<[string, string, number]>;
  readonly #get: Statement<[string, string], Edge>;
  readonly #from: Statement<[string], Edge>;
  readonly #count: Statement<[], number>;
  readonly #lastEpisode: Statement<[], number | null>;
  readonly #ofOutcome: Readonly<
    Record<Outcome, readonly [Statement<[string], Joined>, Statement<[], Sums>]>
  >;
  readonly #ofLabel: Statement<[string, string, string], Joined>;
  readonly #allOfLabel: Statement<[string], Sums>;

  constructor(db: Database) {
    this.#db = db;
    this.#insert = db.prepare(
      'INSERT INTO causal_edges (cause, effect, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    );
    this.#get = db.prepare('SELECT cause, effect FROM causal_edges WHERE cause = ? AND effect = ?');
    this.#from = db.prepare(
      'SELECT cause, effect FROM causal_edges WHERE cause = ? ORDER BY effect',
    );
    this.#count = db.prepare<[], number>('SELECT count(*) FROM causal_edges').pluck();
    this.#lastEpisode = db.prepare<[], number | null>('SELECT max(key) FROM episodes').pluck();
    const of = (outcome: Outcome) => {
      const [sum, squares] = totals[outcome];
      return [
        db.prepare<[string], Joined>(`
          WITH held AS (
            SELECT task, count(*) AS n, total(${outcome}) AS sum,
              total(${outcome} * ${outcome}) AS squares
            FROM episode_labels WHERE label = ? GROUP BY task
          )
          SELECT n, sum, squares, t.episodes AS aN, t.${sum} AS aSum, t.${squares} AS aSquares
          FROM held JOIN episode_tasks t USING (task)`),
        db.prepare<[], Sums>(
          `SELECT total(episodes) AS n, total(${sum}) AS sum, total(${squares}) AS squares FROM episode_tasks`,
        ),
      ] as const;
    };
    this.#ofOutcome = { success: of('success'), reward: of('reward') };
    this.#ofLabel = db.prepare(`
      WITH held AS (
        SELECT l.task, count(*) AS n,
          total(EXISTS (SELECT 1 FROM episode_labels o WHERE o.label = ? AND o.key = l.key)) AS sum
        FROM episode_labels l WHERE l.label = ? GROUP BY l.task
      ), shown AS (
        SELECT task, count(*) AS n FROM episode_labels WHERE label = ? GROUP BY task
      )
      SELECT held.n, sum, sum AS squares, t.episodes AS aN, coalesce(shown.n, 0) AS aSum,
        coalesce(shown.n, 0) AS aSquares
      FROM held JOIN episode_tasks t USING (task) LEFT JOIN shown USING (task)`);
    this.#allOfLabel = db.prepare(`
      WITH shown AS (SELECT count(*) AS count FROM episode_labels WHERE label = ?)
      SELECT (SELECT total(episodes) FROM episode_tasks) AS n, count AS sum, count AS squares FROM shown`);
  }

  /** Notes that a cause may have an effect; false where it is noted already. */
  add(cause: string, effect: string, now: number): boolean {
    return this.#insert.run(cause, effect, now).changes > 0;
  }

  /** Whether a cause and its effect are noted. */
  has(cause: string, effect: string): boolean {
    return this.#get.get(cause, effect) !== undefined;
  }

  /** The edges from a cause. */
  from(cause: string): readonly Edge[] {
    return this.#from.all(cause);
  }

  /** Edges that there are. */
  get size(): number {
    return this.#count.get() ?? 0;
  }

  /** The key of the newest episode; 0 where there is none. */
  get lastEpisode(): number {
    return this.#lastEpisode.get() ?? 0;
  }

  /** What the episodes say now. Costs time for each in which the cause, or an effect that is a label, held. */
  sums(cause: string, effect: string): CausalSums {
    // One view of the store: no episode of another process comes between.
    return this.#db.transaction(() => this.#sums(cause, effect)).deferred();
  }

  #sums(cause: string, effect: string): CausalSums {
    const outcome = outcomes.find((one) => one === effect);
    const [joined, total] = outcome
      ? [this.#ofOutcome[outcome][0].all(cause), this.#ofOutcome[outcome][1].get()]
      : [this.#ofLabel.all(effect, cause, effect), this.#allOfLabel.get(effect)];
    const strata = joined.map(({ n, sum, squares, aN, aSum, aSquares }) => ({
      held: { n, sum, squares },
      absent: { n: aN - n, sum: aSum - sum, squares: aSquares - squares },
    }));
    return { strata, total: total ?? { n: 0, sum: 0, squares: 0 }, upto: this.lastEpisode };
  }
}
