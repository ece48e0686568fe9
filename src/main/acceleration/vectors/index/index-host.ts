import { Worker } from 'node:worker_threads';
import { onBehalfOf } from '#main/core/trace.ts';
import type { ParentLink } from '../../compute/parent-link.ts';
import { type IndexAnswer, type IndexOrder, toVectorsSchema } from './index-messages.ts';

/** What an order was for; kept until it is answered. */
type Asked = {
  readonly index: number;
  readonly op: string;
  readonly trace: string | null;
  readonly began: number;
};

const indexThread = { serves: 'vectors' } as const;

/** Whether what a thread of the compute process was given says that it is to serve an index. */
export function servesIndex(data: unknown): boolean {
  return (data as Partial<typeof indexThread> | null)?.serves === indexThread.serves;
}

/**
 * The compute process' side of all indexes: a thread for each, so that closing one frees its memory.
 * A thread lives on until then; each order to it has its deadline in `VectorProcess`.
 */
export class IndexHost {
  readonly #link: ParentLink;
  readonly #entry: string;
  readonly #threads = new Map<number, Worker>();
  readonly #asked = new Map<number, Asked>();

  /** @param entry what such a thread runs */
  constructor(link: ParentLink, entry: string) {
    this.#link = link;
    this.#entry = entry;
    // Before faiss starts threads: those that wait by spinning take the cores of the others. A thread
    // cannot set it, its environment is a copy.
    process.env.OMP_WAIT_POLICY ??= 'passive';
  }

  /** Whether a message is about an index; {@link take} is for those. */
  static isFor(message: unknown): boolean {
    const type = (message as { readonly type?: unknown } | null)?.type;
    return type === 'vectors' || type === 'vectors-close';
  }

  /** Hands an order to the thread of its index; the first one starts it. */
  take(raw: unknown): void {
    const message = toVectorsSchema.parse(raw);
    const thread = this.#threads.get(message.index);
    if (message.type === 'vectors-close') {
      this.#threads.delete(message.index);
      for (const [id, { index }] of this.#asked) {
        if (index === message.index) this.#asked.delete(id);
      }
      thread?.removeAllListeners('exit');
      void thread?.terminate();
      return;
    }
    if ('id' in message.order) {
      const { id, op } = message.order;
      const { index, trace } = message;
      this.#asked.set(id, { index, op, trace, began: performance.now() });
    }
    const target = thread ?? this.#start(message.index);
    target.postMessage(message.order, buffersOf(message.order));
  }

  #start(index: number): Worker {
    const thread = new Worker(this.#entry, { workerData: indexThread });
    thread.on('message', (answer: IndexAnswer) => {
      this.#log(index, answer);
      this.#link.send({ type: 'vectors', index, answer });
    });
    // A thread that ends unasked leaves native state behind: the process starts anew.
    thread.on('error', () => process.exit(70));
    thread.on('exit', () => process.exit(70));
    this.#threads.set(index, thread);
    return thread;
  }

  #log(index: number, answer: IndexAnswer): void {
    const asked = this.#asked.get(answer.id);
    this.#asked.delete(answer.id);
    if (!asked) return;
    const { op, trace, began } = asked;
    const fields = { index, ms: Math.round((performance.now() - began) * 100) / 100 };
    onBehalfOf(trace, () => {
      if (answer.op !== 'failed') this.#link.log('debug', `index ${op} done`, fields);
      else this.#link.log('info', `index ${op} failed: ${answer.error.message}`, fields);
    });
  }
}

/** Arrays that came from the parent lie in a buffer of their own or are copied into one, then moved. */
function buffersOf(order: IndexOrder): ArrayBuffer[] {
  const buffers: ArrayBuffer[] = [];
  const own = <T extends Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>>(view: T): T => {
    const moved = view.byteLength === view.buffer.byteLength ? view : (view.slice() as T);
    buffers.push(moved.buffer);
    return moved;
  };
  if ('keys' in order) order.keys = own(order.keys);
  if ('rows' in order) order.rows = own(order.rows);
  if ('queries' in order) order.queries = own(order.queries);
  if (order.op === 'open') order.options.probes = own(order.options.probes);
  return buffers;
}
