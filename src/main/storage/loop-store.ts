import type { Database, Statement } from 'better-sqlite3';
import { type LoopCycle, type LoopType, loopCycleSchema } from '#shared/loops.ts';
import type { InstanceLock } from './instance-lock.ts';

type Row = {
  readonly id: string;
  readonly loop: string;
  readonly trigger_by: string;
  readonly cause: string | null;
  readonly state: string;
  readonly started_at: number;
  readonly duration_ms: number | null;
  readonly input: string;
  readonly output: string | null;
  readonly error: string | null;
  readonly instance: string;
};

/** The history of the loops, of every process on this data folder. */
export class LoopStore {
  readonly #db: Database;
  readonly #lock: InstanceLock;
  readonly #save: Statement<[Row]>;
  readonly #get: Statement<[string], Row>;
  readonly #latest: Statement<[string, number], Row>;
  readonly #all: Statement<[number], Row>;
  readonly #running: Statement<[], Row>;
  readonly #prune: Statement<[string, string, number]>;

  constructor(db: Database, lock: InstanceLock) {
    this.#db = db;
    this.#lock = lock;
    this.#save = db.prepare(`
      INSERT INTO loop_cycles (id, seq, loop, trigger_by, cause, state, started_at, duration_ms,
        input, output, error, instance)
      VALUES (@id, (SELECT coalesce(max(seq), 0) + 1 FROM loop_cycles), @loop, @trigger_by, @cause,
        @state, @started_at, @duration_ms, @input, @output, @error, @instance)
      ON CONFLICT (id) DO UPDATE SET state = excluded.state, duration_ms = excluded.duration_ms,
        output = excluded.output, error = excluded.error
    `);
    this.#get = db.prepare('SELECT * FROM loop_cycles WHERE id = ?');
    this.#latest = db.prepare('SELECT * FROM loop_cycles WHERE loop = ? ORDER BY seq DESC LIMIT ?');
    this.#all = db.prepare('SELECT * FROM loop_cycles ORDER BY seq DESC LIMIT ?');
    this.#running = db.prepare(`SELECT * FROM loop_cycles WHERE state = 'running'`);
    this.#prune = db.prepare(`
      DELETE FROM loop_cycles WHERE loop = ? AND seq <=
        (SELECT seq FROM loop_cycles WHERE loop = ? ORDER BY seq DESC LIMIT 1 OFFSET ?)`);
  }

  /**
   * Keeps a cycle that begins, unless one of its loop is under way in another process that lives:
   * then it answers false. What a process left unfinished, this one too, is noted as cut off.
   */
  begin(cycle: LoopCycle): boolean {
    const claim = (): boolean => {
      const rows = this.#running.all().filter(({ loop }) => loop === cycle.loop);
      const others = rows.filter(({ instance }) => instance !== this.#lock.id);
      if (others.some(({ instance }) => this.#lock.isAlive(instance))) return false;
      for (const row of rows) this.#save.run({ ...row, state: 'cut-off' });
      this.save(cycle);
      return true;
    };
    return this.#db.transaction(claim).immediate();
  }

  /** Keeps a cycle as it is now. */
  save(cycle: LoopCycle): void {
    this.#save.run({
      id: cycle.id,
      loop: cycle.loop,
      trigger_by: cycle.trigger,
      cause: cycle.cause,
      state: cycle.state,
      started_at: Math.round(cycle.startedAt),
      duration_ms: cycle.durationMs,
      input: JSON.stringify(cycle.input),
      output: cycle.output && JSON.stringify(cycle.output),
      error: cycle.error && JSON.stringify(cycle.error),
      instance: this.#lock.id,
    });
  }

  get(id: string): LoopCycle | null {
    const row = this.#get.get(id);
    return row ? cycleOf(row) : null;
  }

  /** The last cycles of a loop, or of all (null), the newest first. */
  latest(loop: LoopType | null, limit: number): readonly LoopCycle[] {
    const rows = loop === null ? this.#all.all(limit) : this.#latest.all(loop, limit);
    return rows.map(cycleOf);
  }

  /** The loops of which another process that lives is in the middle of a cycle. */
  runningElsewhere(): ReadonlySet<LoopType> {
    const rows = this.#running.all().filter(({ instance }) => instance !== this.#lock.id);
    const alive = rows.filter(({ instance }) => this.#lock.isAlive(instance));
    return new Set(alive.map((row) => cycleOf(row).loop));
  }

  /** Notes cycles whose process is gone as cut off; returns how many. */
  sweep(): number {
    const gone = this.#running.all().filter(({ instance }) => !this.#lock.isAlive(instance));
    this.#db
      .transaction(() => {
        for (const row of gone) this.#save.run({ ...row, state: 'cut-off' });
      })
      .immediate();
    return gone.length;
  }

  /** Forgets all cycles of a loop but the newest. */
  prune(loop: LoopType, keep: number): void {
    this.#prune.run(loop, loop, keep);
  }
}

function cycleOf(row: Row): LoopCycle {
  return loopCycleSchema.parse({
    id: row.id,
    loop: row.loop,
    trigger: row.trigger_by,
    cause: row.cause,
    state: row.state,
    startedAt: row.started_at,
    durationMs: row.duration_ms,
    input: JSON.parse(row.input),
    output: row.output && JSON.parse(row.output),
    error: row.error && JSON.parse(row.error),
  });
}
