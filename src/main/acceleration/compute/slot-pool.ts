import { Worker } from 'node:worker_threads';
import { OmegaError } from '#shared/error.ts';
import type { ComputeOptions, Embedded } from './protocol.ts';
import type { SlotAnswer } from './slot.ts';

type Work = {
  readonly id: number;
  readonly texts: readonly string[];
  readonly resolve: (embedded: Embedded) => void;
  readonly reject: (error: OmegaError) => void;
};

/**
 * Shares requests out over threads that hold one session each, first come first served. A thread
 * lives on; the parent's deadline of a request ends the whole process where none answers.
 */
export class SlotPool {
  readonly #idle: Worker[] = [];
  readonly #device: ComputeOptions['device'];
  #queue: Work[] = [];
  readonly #running = new Map<Worker, Work>();

  constructor(options: ComputeOptions, slotEntry: string) {
    this.#device = options.device;
    for (let slot = 0; slot < options.slots; slot += 1) {
      const worker = new Worker(slotEntry, { workerData: options });
      worker.on('message', (answer: SlotAnswer) => this.#answered(worker, answer));
      // A thread that ends unasked leaves native state behind: the process starts anew.
      worker.on('error', () => process.exit(70));
      worker.on('exit', () => process.exit(70));
      this.#idle.push(worker);
    }
  }

  /** Embeds on the next free slot. */
  embed(id: number, texts: readonly string[]): Promise<Embedded> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ id, texts, resolve, reject });
      this.#next();
    });
  }

  /** Drops a request that no slot has begun; what runs is let run, its answer is thrown away. */
  cancel(id: number): void {
    this.#queue = this.#queue.filter((work) => work.id !== id);
  }

  #next(): void {
    while (this.#idle.length > 0 && this.#queue.length > 0) {
      const worker = this.#idle.pop();
      const work = this.#queue.shift();
      if (!worker || !work) return;
      this.#running.set(worker, work);
      worker.postMessage(work.texts);
    }
  }

  #answered(worker: Worker, answer: SlotAnswer): void {
    const work = this.#running.get(worker);
    this.#running.delete(worker);
    this.#idle.push(worker);
    this.#next();
    if (!work) return;
    if ('error' in answer) {
      const { code, message, retryable, details } = answer.error;
      work.reject(new OmegaError(code, message, { retryable, ...(details ? { details } : {}) }));
    } else {
      work.resolve({ type: 'embedded', id: work.id, device: this.#device, ...answer });
    }
  }
}
