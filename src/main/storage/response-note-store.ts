import type { Database, Statement } from 'better-sqlite3';

/** A note that has no vector yet. */
export type BareNote = { readonly id: number; readonly text: string };

/** A note with its vector and what its answer is listed by; times in ms since 1970. */
export type NotedResponse = {
  readonly key: string;
  readonly provider: string;
  readonly model: string;
  readonly project: string | null;
  readonly madeAt: number;
  readonly details: string;
  readonly vector: Buffer;
};

type Counts = { readonly ready: number; readonly bare: number };

/** What the requests of kept answers were about; see {@link import('./migrations/response-notes.ts').responseNotes}. */
export class ResponseNoteStore {
  readonly #forgetVectors: Statement<[]>;
  readonly #db: Database;
  readonly #bare: Statement<[number], BareNote>;
  readonly #bareOf: Statement<[string, number, number], BareNote>;
  readonly #setVector: Statement<[Buffer, number, string]>;
  readonly #ofTopic: Statement<[string, number, number], NotedResponse>;
  readonly #counts: Statement<[], Counts>;

  constructor(db: Database) {
    this.#forgetVectors = db.prepare(
      'UPDATE response_notes SET vector = NULL WHERE vector IS NOT NULL',
    );
    this.#db = db;
    this.#bare = db.prepare(
      'SELECT id, text FROM response_notes WHERE vector IS NULL ORDER BY id DESC LIMIT ?',
    );
    this.#bareOf = db.prepare(`
      SELECT n.id, n.text FROM response_notes n JOIN responses r ON r.id = n.id
      WHERE n.topic = ? AND n.vector IS NULL AND r.made_at > ? ORDER BY n.id DESC LIMIT ?`);
    this.#setVector = db.prepare(
      'UPDATE response_notes SET vector = ? WHERE id = ? AND text = ? AND vector IS NULL',
    );
    this.#ofTopic = db.prepare(`
      SELECT r.key, r.provider, n.model, r.project, r.made_at AS madeAt, n.details, n.vector
      FROM response_notes n JOIN responses r ON r.id = n.id
      WHERE n.topic = ? AND n.vector IS NOT NULL AND r.made_at > ?
      ORDER BY n.id DESC LIMIT ?`);
    this.#counts = db.prepare(
      'SELECT count(vector) AS ready, count(*) - count(vector) AS bare FROM response_notes',
    );
  }

  /** At most `limit` notes without a vector, the newest first. */
  bare(limit: number): readonly BareNote[] {
    return this.#bare.all(limit);
  }

  /** The same of one topic, whose answers were made after a time. */
  bareOf(topic: string, madeAfter: number, limit: number): readonly BareNote[] {
    return this.#bareOf.all(topic, madeAfter, limit);
  }

  /** Keeps vectors of notes; of one that went or was replaced meanwhile nothing. */
  setVectors(vectors: readonly { readonly note: BareNote; readonly vector: Float32Array }[]): void {
    this.#db
      .transaction(() => {
        for (const { note, vector } of vectors) {
          const bytes = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
          this.#setVector.run(bytes, note.id, note.text);
        }
      })
      .immediate();
  }

  /** At most `limit` of a topic that have a vector and were made after a time, the newest first. */
  ofTopic(topic: string, madeAfter: number, limit: number): readonly NotedResponse[] {
    return this.#ofTopic.all(topic, madeAfter, limit);
  }

  /** Takes the vectors of all notes away; how many had one. */
  forgetVectors(): number {
    return this.#forgetVectors.run().changes;
  }

  /** How many notes have a vector, and how many do not. */
  counts(): Counts {
    return this.#counts.get() ?? { ready: 0, bare: 0 };
  }
}
