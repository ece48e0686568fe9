import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PeerAnswer, PeerOrder, PeerSetup } from './peer-index.ts';

const efs = [16, 24, 32, 48, 64, 80, 96, 112, 128, 160, 192, 256, 384, 512];

/** One index of a bare package, in a thread. */
export class Peer {
  readonly #worker: Worker;
  readonly #setup: PeerSetup;
  readonly buildMs: number;
  /** What passes search with. */
  ef = 64;

  private constructor(worker: Worker, setup: PeerSetup, buildMs: number) {
    this.#worker = worker;
    this.#setup = setup;
    this.buildMs = buildMs;
  }

  /** Starts the thread and builds the index. */
  static async open(setup: PeerSetup): Promise<Peer> {
    const entry = join(import.meta.dirname, 'peer-index.ts');
    const worker = new Worker(entry, { workerData: setup });
    const answer = await answerOf(worker);
    return new Peer(worker, setup, answer.ms);
  }

  /** Searches for all queries once: keys, `k` a query, and how long it took in ms. */
  async pass(k = 10): Promise<{ readonly ms: number; readonly keys: Float64Array }> {
    this.#worker.postMessage({ ef: this.ef, k } satisfies PeerOrder);
    const answer = await answerOf(this.#worker);
    if (answer.type !== 'pass') throw new Error('The peer answered something else.');
    return answer;
  }

  /** Sets the smallest `ef` whose recall reaches the target; the recall. */
  async reach(target: number, recallOf: (keys: Float64Array) => number): Promise<number> {
    let recall = 0;
    for (this.ef of efs) {
      recall = recallOf((await this.pass()).keys);
      if (recall >= target) break;
    }
    return recall;
  }

  /** Queries a second of a pass. */
  async rate(): Promise<number> {
    const count = this.#setup.queries.length / this.#setup.dimensions;
    return (count / (await this.pass()).ms) * 1000;
  }

  async dispose(): Promise<void> {
    await this.#worker.terminate();
  }
}

async function answerOf(worker: Worker): Promise<PeerAnswer> {
  const [answer] = await once(worker, 'message');
  return answer as PeerAnswer;
}
