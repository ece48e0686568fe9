import { parentPort } from 'node:worker_threads';
import { type ErrorData, OmegaError } from '#shared/error.ts';
import { openEngine } from '../engines/open-engine.ts';
import { restoreIndex, saveIndex } from './index-file.ts';
import type { IndexAnswer, IndexOptions, IndexOrder } from './index-messages.ts';
import { LiveIndex } from './live-index.ts';
import { RecallProbe } from './recall-probe.ts';

/** New vectors that are worth merging at once; fewer cost a search some microseconds. */
const mergeFrom = 256;
/** When fewer are merged too, in ms: by then as many as come together have come. */
const mergeLaterMs = 250;

/** What a thread of the compute process runs: one index, one order after the other. */
export function serveIndex(): void {
  const port = parentPort;
  if (!port) throw new Error('An index runs in a worker thread.');
  const server = new IndexServer();
  const reply = async (order: IndexOrder): Promise<void> => {
    const answer = await answerTo(server, order);
    if (answer?.op === 'found')
      port.postMessage(answer, [answer.keys.buffer, answer.scores.buffer]);
    else if (answer) port.postMessage(answer);
  };
  let last = Promise.resolve();
  port.on('message', (order: IndexOrder) => {
    // One after the other, also where a search waits for a device.
    last = last.then(() => reply(order));
  });
}

async function answerTo(server: IndexServer, order: IndexOrder): Promise<IndexAnswer | null> {
  try {
    return await server.obey(order);
  } catch (error) {
    return order.op === 'remove' ? null : { op: 'failed', id: order.id, error: toData(error) };
  }
}

class IndexServer {
  #index: LiveIndex | null = null;
  #probe: RecallProbe | null = null;
  #merging = false;
  #obeying = false;

  /** Does what is ordered; the next order has to wait for the end of it. */
  async obey(order: IndexOrder): Promise<IndexAnswer | null> {
    this.#obeying = true;
    try {
      return await this.#obey(order);
    } finally {
      this.#obeying = false;
    }
  }

  async #obey(order: IndexOrder): Promise<IndexAnswer | null> {
    if (order.op === 'open') {
      this.#open(order.options);
      return this.#state(order.id);
    }
    const index = this.#opened();
    switch (order.op) {
      case 'remove':
        index.remove(order.keys);
        return null;
      case 'search':
        return { op: 'found', id: order.id, ...(await index.search(order.queries, order.k)) };
      case 'tune':
        return { op: 'tuned', id: order.id, figures: await this.#tune(index, order.target) };
      case 'measure':
        return { op: 'tuned', id: order.id, figures: await this.#measure(index, order) };
      case 'add':
        this.#probe?.see(order.keys, order.rows);
        index.add(order.keys, order.rows);
        this.#mergeSoon();
        break;
      case 'train':
        index.train();
        break;
      case 'merge':
        for (let block = 0; block < order.blocks && index.mergeBlock(); block += 1);
        break;
      case 'save':
        return { op: 'saved', id: order.id, ...saveIndex(index, order.path) };
      case 'restore':
        restoreIndex(index, order.path, order.sha256);
        break;
    }
    return this.#state(order.id);
  }

  #open({ choice, dimensions, threads, effort, probes }: IndexOptions): void {
    const engine = openEngine(choice, dimensions, threads);
    if (effort !== null) engine.effort = effort;
    this.#index = new LiveIndex(engine, dimensions);
    this.#probe = probes.length > 0 ? new RecallProbe(probes, dimensions) : null;
  }

  #opened(): LiveIndex {
    if (!this.#index) throw new OmegaError('INTERNAL', 'An index has to be opened first.');
    return this.#index;
  }

  #tune(index: LiveIndex, target: number) {
    const probe = this.#probe;
    if (!probe) throw new OmegaError('INTERNAL', 'An index without probes cannot be tuned.');
    this.#probe = null;
    return probe.tune(index.engine, target);
  }

  #measure({ engine }: LiveIndex, { effort, from, upTo }: Extract<IndexOrder, { op: 'measure' }>) {
    if (!this.#probe)
      throw new OmegaError('INTERNAL', 'An index without probes cannot be measured.');
    return this.#probe.measure(engine, effort ?? engine.effort, from, upTo);
  }

  /** Merges block by block, and lets orders that came meanwhile go between. */
  #mergeSoon(): void {
    const index = this.#opened();
    if (this.#merging || index.fresh === 0) return;
    this.#merging = true;
    const merge = (): void => {
      this.#merging = false;
      // A search that waits for a device has seen the block already: it would find it twice.
      if (this.#obeying || index.mergeBlock()) this.#mergeSoon();
    };
    if (index.fresh >= mergeFrom) setImmediate(merge);
    else setTimeout(merge, mergeLaterMs);
  }

  #state(id: number): IndexAnswer {
    const { size, fresh, removed, engine } = this.#opened();
    return { op: 'done', id, size, fresh, removed, trained: engine.trained };
  }
}

function toData(error: unknown): ErrorData {
  if (error instanceof OmegaError) return error.toData();
  const said = error instanceof Error ? error.message : String(error);
  const what = `The vector index could not do that: ${said.slice(0, 500)}`;
  return new OmegaError('UNAVAILABLE', `${what} Its vectors are safe in the store.`).toData();
}
