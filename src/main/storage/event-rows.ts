import type { Database, Statement } from 'better-sqlite3';
import { z } from 'zod';
import type { JournaledEvent } from '#shared/events.ts';
import type { NewEventRow } from './event-appender.ts';

type Row = NewEventRow & { readonly seq: number; readonly instance: string };
type Kinds = ReadonlySet<string> | null;

const dataSchema = z.record(z.string(), z.unknown()).nullable();

/** The rows of the event journal, of all processes of the data folder. */
export class EventRows {
  readonly #db: Database;
  readonly #after: Statement<{ after: number; kinds: string | null; limit: number }, Row>;
  readonly #latest: Statement<{ kinds: string | null; limit: number }, Row>;

  constructor(db: Database) {
    this.#db = db;
    const ofKinds = '(:kinds IS NULL OR type IN (SELECT value FROM json_each(:kinds)))';
    this.#after = db.prepare(
      `SELECT * FROM events WHERE seq > :after AND ${ofKinds} ORDER BY seq LIMIT :limit`,
    );
    this.#latest = db.prepare(
      `SELECT * FROM events WHERE ${ofKinds} ORDER BY seq DESC LIMIT :limit`,
    );
  }

  /** Rows after a number, oldest first; of some kinds, or (null) of all. */
  after(seq: number, kinds: Kinds, limit: number): readonly JournaledEvent[] {
    return this.#after.all({ after: seq, kinds: list(kinds), limit }).map(toEvent);
  }

  /** The latest rows, oldest first. */
  latest(kinds: Kinds, limit: number): readonly JournaledEvent[] {
    return this.#latest
      .all({ kinds: list(kinds), limit })
      .map(toEvent)
      .reverse();
  }

  /** Differs from before where a process has written since, be it this one: see `EventAppender`. */
  get version(): number {
    return this.#db.pragma('data_version', { simple: true }) as number;
  }
}

function list(kinds: Kinds): string | null {
  return kinds && JSON.stringify([...kinds]);
}

function toEvent({ seq, at, instance, type, trace, data }: Row): JournaledEvent {
  const parsed = data === null ? null : dataSchema.parse(JSON.parse(data));
  return { seq, at, traceId: trace, instance, type, data: parsed };
}
