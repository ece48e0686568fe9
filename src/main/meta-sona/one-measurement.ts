import type { AsyncResource } from '#main/core/disposable.ts';
import { OmegaError } from '#shared/error.ts';

/** Runs what measures, one at a time: two would measure each other. */
export class OneMeasurement implements AsyncResource {
  readonly #closing = new AbortController();
  #going: { readonly id: string; readonly end: AbortController } | null = null;
  #work: Promise<unknown> = Promise.resolve();

  get isBusy(): boolean {
    return this.#going !== null;
  }

  /** Throws `REFUSED` while another goes on, `CANCELLED` after {@link dispose}. */
  run<T>(
    id: string,
    signal: AbortSignal | undefined,
    measure: (end: AbortSignal) => Promise<T>,
  ): Promise<T> {
    if (this.#going) {
      const message =
        'Something else is being measured, and two would measure each other; wait, or cancel it.';
      throw new OmegaError('REFUSED', message, { retryable: true });
    }
    const end = new AbortController();
    this.#going = { id, end };
    const all = [end.signal, this.#closing.signal, ...(signal ? [signal] : [])];
    const work = measure(AbortSignal.any(all)).finally(() => {
      this.#going = null;
    });
    this.#work = work.catch(() => undefined);
    return work;
  }

  /** Ends what goes on under that id; whether it did. */
  cancel(id: string): boolean {
    if (this.#going?.id !== id) return false;
    this.#going.end.abort();
    return true;
  }

  /** Ends what goes on, and waits for it. */
  async dispose(): Promise<void> {
    this.#closing.abort();
    await this.#work;
  }
}
