import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { MemoryApp } from './memory-app.ts';
import type { MemoryCorpus } from './memory-corpus.ts';
import { median, rounded } from './statistics.ts';

/** Stores of one turn, and turns of each. */
const perTurn = 1_000;
const turns = 7;

/** Microseconds of one insert, medians of the turns. */
type Costs = Readonly<Record<'store' | 'raw' | 'storeBatch' | 'rawBatch', number>>;

/** What storing costs beside bare inserts of the same bytes. */
export type StoreFigures = {
  /** Memories a second over rows a second, one by one and in batches; medians of the turns. */
  readonly ratio: number;
  readonly batchRatio: number;
  /** Growth of a store's cost from the small store to the large over that of the bare insert. */
  readonly scaling: number;
  readonly us: Costs;
  readonly usSmall: Costs;
};

/** A table with a row for each memory, in a file of its own, set up as the app sets its own up. */
class RawTable {
  readonly #db: Sqlite.Database;
  readonly #insert: Sqlite.Statement<unknown[]>;
  readonly #folder: string;

  constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), 'omega-bench-raw-'));
    this.#db = new Sqlite(join(this.#folder, 'raw.db'));
    this.#db.pragma('journal_mode = WAL');
    this.#db.pragma('synchronous = NORMAL');
    this.#db.exec(`CREATE TABLE rows (key INTEGER PRIMARY KEY, id TEXT, tier INTEGER, type TEXT,
      text TEXT, importance REAL, confidence REAL, created_at INTEGER, accessed_at INTEGER,
      entered_at INTEGER, decayed_at INTEGER, uses INTEGER, revision INTEGER, tags TEXT,
      metadata TEXT, provenance TEXT, vector BLOB) STRICT`);
    const places = Array.from({ length: 16 }, () => '?').join(', ');
    this.#insert = this.#db.prepare(`INSERT INTO rows (id, tier, type, text, importance, confidence,
      created_at, accessed_at, entered_at, decayed_at, uses, revision, tags, metadata, provenance,
      vector) VALUES (${places})`);
  }

  insert({ text, embedding, importance }: ReturnType<MemoryApp['memory']>): void {
    const now = Date.now();
    const id = '00000-00000000-0000-0000-0000-000000000000';
    const provenance = '{"source":"user","merged":[],"moves":[]}';
    const blob = Buffer.from(embedding.buffer, embedding.byteOffset, embedding.byteLength);
    const times = [now, now, now, now];
    const rest = [0, 0, '[]', '{}', provenance, blob];
    this.#insert.run(id, 3, 'fact', text, importance, 1, ...times, ...rest);
  }

  insertMany(rows: readonly ReturnType<MemoryApp['memory']>[]): void {
    this.#db.transaction(() => {
      for (const row of rows) this.insert(row);
    })();
  }

  checkpoint(): void {
    this.#db.pragma('wal_checkpoint(TRUNCATE)');
  }

  dispose(): void {
    this.#db.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Measures stores at a small size and, in `large`, at the full one. */
export async function storePart(
  corpus: MemoryCorpus,
  large: MemoryApp,
  short: boolean,
): Promise<StoreFigures> {
  const largeRaw = new RawTable();
  try {
    await fillBoth(large, largeRaw, large.stored);
    const atSmall: Costs[] = [];
    const atLarge: Costs[] = [];
    for (let turn = 0; turn < (short ? 2 : turns); turn += 1) {
      atSmall.push(await smallTurn(corpus, turn, short));
      atLarge.push(await oneTurn(large, largeRaw, turn, short));
    }
    const growth = (name: keyof Costs, turn: number) =>
      (atLarge[turn]?.[name] ?? 0) / (atSmall[turn]?.[name] ?? 1);
    return {
      ratio: rounded(median(atLarge.map((one) => one.raw / one.store)), 3),
      batchRatio: rounded(median(atLarge.map((one) => one.rawBatch / one.storeBatch)), 3),
      scaling: rounded(
        median(atLarge.map((_, turn) => growth('store', turn) / growth('raw', turn))),
        3,
      ),
      us: medians(atLarge),
      usSmall: medians(atSmall),
    };
  } finally {
    largeRaw.dispose();
  }
}

/** A turn on a store of its own with 1,000 memories. */
async function smallTurn(corpus: MemoryCorpus, turn: number, short: boolean): Promise<Costs> {
  const [app, raw] = [new MemoryApp(corpus), new RawTable()];
  try {
    await fillBoth(app, raw, short ? 100 : 1_000);
    return await oneTurn(app, raw, turn, short);
  } finally {
    await app.dispose();
    raw.dispose();
  }
}

async function fillBoth(app: MemoryApp, raw: RawTable, size: number): Promise<void> {
  if (app.stored < size) {
    await app.memories.storeMany(Array.from({ length: size }, (_, at) => app.memory(at)));
  }
  raw.insertMany(Array.from({ length: size }, (_, at) => app.memory(at)));
}

/** Stores and bare inserts one after the other, so that what else the machine does meets both. */
async function oneTurn(
  app: MemoryApp,
  raw: RawTable,
  turn: number,
  short: boolean,
): Promise<Costs> {
  const count = short ? 50 : perTurn;
  const rows = Array.from({ length: count }, (_, at) => app.memory(turn * count + at));
  const each = async (work: () => Promise<void> | void): Promise<number> => {
    app.checkpoint();
    raw.checkpoint();
    const began = performance.now();
    await work();
    return ((performance.now() - began) / count) * 1_000;
  };
  const costs = {
    store: await each(async () => {
      for (const row of rows) await app.memories.store(row);
    }),
    raw: await each(() => {
      for (const row of rows) raw.insert(row);
    }),
    storeBatch: await each(async () => {
      await app.memories.storeMany(rows);
    }),
    rawBatch: await each(() => raw.insertMany(rows)),
  };
  // What follows in groups is not to fall into the next turn.
  await app.memories.sizes();
  return costs;
}

function medians(turns: readonly Costs[]): Costs {
  const middle = (name: keyof Costs) => rounded(median(turns.map((one) => one[name])), 1);
  return {
    store: middle('store'),
    raw: middle('raw'),
    storeBatch: middle('storeBatch'),
    rawBatch: middle('rawBatch'),
  };
}
