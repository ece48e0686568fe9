import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { RawPass, RawSetup } from './raw-session.ts';
import { timed } from './statistics.ts';

const candidates = [1, 4, 8, 16, 32, 64];

/** Bare onnxruntime sessions over texts that are tokenized and sorted already; no pooling. */
export class RawPeer {
  readonly #workers: readonly Worker[];
  /** Rows of one run that were fastest when it was opened. */
  rows = 1;

  private constructor(workers: readonly Worker[]) {
    this.#workers = workers;
  }

  /** Opens `sessions` of `threads` each and finds their best batch by trying each twice. */
  static async open(sessions: number, setup: RawSetup): Promise<RawPeer> {
    const entry = join(import.meta.dirname, 'raw-session.ts');
    const workers = Array.from(
      { length: sessions },
      () => new Worker(entry, { workerData: setup }),
    );
    await Promise.all(workers.map((worker) => once(worker, 'message')));
    const peer = new RawPeer(workers);
    let best = Number.POSITIVE_INFINITY;
    for (const rows of [...candidates, ...candidates]) {
      const ms = await peer.run(rows);
      if (ms < best) {
        best = ms;
        peer.rows = rows;
      }
    }
    return peer;
  }

  /** Computes all texts once; milliseconds. */
  run(rows = this.rows): Promise<number> {
    const next = new Int32Array(new SharedArrayBuffer(4));
    return timed(() =>
      Promise.all(
        this.#workers.map((worker) => {
          const done = once(worker, 'message');
          worker.postMessage({ rows, next } satisfies RawPass);
          return done;
        }),
      ),
    );
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}
