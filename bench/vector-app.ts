import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import type { EngineSetting } from '#main/acceleration/vectors/choice/what-to-do.ts';
import type { VectorCollection } from '#main/acceleration/vectors/vector-collection.ts';
import { VectorIndex } from '#main/acceleration/vectors/vector-index.ts';
import { systemClock } from '#main/core/clock.ts';
import { fixed } from '#main/core/live.ts';
import { Storage } from '#main/storage/storage.ts';

const root = join(import.meta.dirname, '..');
/** Vectors of one write. */
const writeRows = 2_000;

/** The app's own vector index on a store of its own, with everything that a real one has. */
export class VectorApp {
  index: VectorIndex;
  collection: VectorCollection;
  #engine: EngineSetting;
  readonly #storage: Storage;
  readonly #folder: string;
  readonly #dimensions: number;

  constructor(dimensions: number, engine: EngineSetting = 'auto') {
    this.#dimensions = dimensions;
    this.#folder = mkdtempSync(join(tmpdir(), 'omega-bench-'));
    this.#storage = new Storage(this.#folder, systemClock);
    this.index = this.#openIndex(engine);
    this.#engine = engine;
    this.collection = this.index.open('bench', dimensions);
  }

  #openIndex(engine: EngineSetting): VectorIndex {
    return new VectorIndex({
      spawn: forkCompute(join(root, 'src', 'main', 'acceleration', 'compute', 'main.ts')),
      store: this.#storage.vectors,
      folder: join(this.#folder, 'vectors'),
      engine: fixed(engine),
    });
  }

  /** Ends the compute process and opens the index as the next start of the app does. */
  async restart(engine = this.#engine): Promise<void> {
    await this.index.dispose();
    this.#engine = engine;
    this.index = this.#openIndex(engine);
    this.collection = this.index.open('bench', this.#dimensions);
    await this.collection.ready();
  }

  /** Puts rows in, under the ids `v0`, `v1` … from `first` on. */
  async fill(rows: Float32Array, first = 0): Promise<void> {
    const count = rows.length / this.#dimensions;
    for (let at = 0; at < count; at += writeRows) {
      const size = Math.min(writeRows, count - at);
      const records = Array.from({ length: size }, (_, offset) => ({
        id: `v${first + at + offset}`,
        vector: this.row(rows, at + offset),
        metadata: {},
      }));
      await this.collection.upsert(records);
    }
  }

  row(rows: Float32Array, at: number): Float32Array {
    return rows.subarray(at * this.#dimensions, (at + 1) * this.#dimensions);
  }

  /** Searches for all queries, so many under way at once: numbers of the ids, and ms. */
  async pass(queries: Float32Array, inFlight: number, k = 10) {
    const count = queries.length / this.#dimensions;
    const keys = new Float64Array(count * k).fill(-1);
    let next = 0;
    const begun = performance.now();
    const ask = async (): Promise<void> => {
      for (let query = next++; query < count; query = next++) {
        const hits = await this.collection.search(this.row(queries, query), { k });
        for (const [place, { id }] of hits.entries()) keys[query * k + place] = Number(id.slice(1));
      }
    };
    await Promise.all(Array.from({ length: inFlight }, ask));
    return { ms: performance.now() - begun, keys };
  }

  /** Resident bytes of the compute process, where the system tells them; null elsewhere. */
  async residentBytes(): Promise<number | null> {
    // What was freed goes back a moment later.
    await sleep(50);
    return residentBytes(this.index.pid);
  }

  async dispose(): Promise<void> {
    await this.index.dispose();
    this.#storage.dispose();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function residentBytes(pid: number | undefined): number | null {
  if (pid === undefined || process.platform !== 'linux') return null;
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}
