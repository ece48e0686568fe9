import type { AsyncResource } from '#main/core/disposable.ts';
import { closed } from './compute-errors.ts';
import { ComputeProcess, type ComputeProcessOptions } from './compute-process.ts';
import type { Embedded } from './protocol.ts';

/** Texts of a few, of some thirty and of more than 256 tokens: runs of a new length plan their memory. */
const samples = [4, 30, 300].map((words) => 'port '.repeat(words));

/** How sessions are shared out in a compute process. */
export type ComputeShape = { readonly slots: number; readonly threads: number };

/**
 * The compute process of one device while settings change: requests go to a process of the newest
 * shape; one of an older shape answers what it was given and ends then. No request fails for it.
 */
export class LiveCompute implements AsyncResource {
  readonly #options: Omit<ComputeProcessOptions, 'open'>;
  readonly #open: Omit<ComputeProcessOptions['open'], keyof ComputeShape>;
  readonly #retiring = new Set<ComputeProcess>();
  #shape: ComputeShape;
  #current: ComputeProcess | null = null;
  #closed = false;

  constructor(
    options: Omit<ComputeProcessOptions, 'open'> & {
      readonly open: Omit<ComputeProcessOptions['open'], keyof ComputeShape>;
    },
    shape: ComputeShape,
  ) {
    const { open, ...rest } = options;
    this.#options = rest;
    this.#open = open;
    this.#shape = shape;
  }

  /** Whether a request has come since the shape was changed last. */
  get isOpen(): boolean {
    return this.#current !== null;
  }

  /** See {@link ComputeProcess.embed}. */
  embed(...request: Parameters<ComputeProcess['embed']>): Promise<Embedded> {
    if (this.#closed) return Promise.reject(closed());
    const open = { ...this.#open, ...this.#shape };
    this.#current ??= new ComputeProcess({ ...this.#options, open });
    return this.#current.embed(...request);
  }

  /** Starts the process and opens the session of every slot; fails as {@link LiveCompute.embed} does. */
  async open(within: Parameters<ComputeProcess['embed']>[1]): Promise<void> {
    // All at once: a slot that is busy with one leaves the next to another slot.
    const slots = Array.from({ length: this.#shape.slots }, () => this.embed(samples, within));
    await Promise.all(slots);
  }

  /** Changes the shape for every request from now on. */
  reshape(shape: ComputeShape): void {
    this.#shape = shape;
    this.release();
  }

  /** Ends the process once it is done with what it has; the next request starts another. */
  release(): void {
    const old = this.#current;
    if (old === null) return;
    this.#current = null;
    this.#retiring.add(old);
    void old.retire().then(() => this.#retiring.delete(old));
  }

  dispose(): void {
    this.#closed = true;
    for (const process of [...this.#retiring]) process.dispose();
    this.#current?.dispose();
  }
}
