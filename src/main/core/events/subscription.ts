import type { AsyncResource } from '#main/core/disposable.ts';
import type { OmegaEvent } from '#shared/contract.ts';
import type { DeliveredRecord, EventRecord } from '#shared/events.ts';
import { Ring } from './ring.ts';

type Delivered = DeliveredRecord<OmegaEvent>;
type Result = IteratorResult<Delivered, undefined>;

/** What a subscription begins with, and whom it tells. */
export type SubscriptionOptions = {
  /** Records that were there before it. */
  readonly backlog: readonly EventRecord<OmegaEvent>[];
  /** Earlier records that it asked for and that are gone. */
  readonly missed: number;
  /** Most records that wait for the reader; the backlog always has room. */
  readonly buffer: number;
  readonly signal: AbortSignal | undefined;
  /** Called for each record that is lost because the reader is slow. */
  readonly onDrop: () => void;
  /** Called once, when it takes no more; with an aborted signal before the constructor returns. */
  readonly onEnd: (self: Subscription) => void;
};

/**
 * Records for one reader, at the reader's own pace. Those that are not read in time push out the
 * oldest that wait; the next that is read says how many. There is one place in the stream, however
 * many iterators are asked for. `break`, `dispose` and the signal end it, quietly.
 */
export class Subscription implements AsyncIterableIterator<Delivered, undefined>, AsyncResource {
  readonly #queue: Ring<EventRecord<OmegaEvent>>;
  readonly #readers: ((result: Result) => void)[] = [];
  readonly #options: SubscriptionOptions;
  readonly #onAbort = (): void => this.dispose();
  #dropped: number;
  #hasEnded = false;

  constructor(options: SubscriptionOptions) {
    this.#options = options;
    this.#dropped = options.missed;
    this.#queue = new Ring(Math.max(options.buffer, options.backlog.length));
    for (const record of options.backlog) this.#queue.push(record);
    if (options.signal?.aborted) this.dispose();
    else options.signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** Gives it a record; never waits. */
  offer(record: EventRecord<OmegaEvent>): void {
    if (this.#hasEnded) return;
    const reader = this.#readers.shift();
    if (reader) {
      reader({ done: false, value: this.#deliver(record) });
    } else if (!this.#queue.push(record)) {
      this.#dropped += 1;
      this.#options.onDrop();
    }
  }

  /** Takes no more; what waits can still be read. */
  end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    for (const reader of this.#readers.splice(0)) reader({ done: true, value: undefined });
    this.#options.onEnd(this);
  }

  /** Ends it, and lets go of what waits. */
  dispose(): void {
    this.end();
    this.#queue.clear();
  }

  next(): Promise<Result> {
    const record = this.#queue.shift();
    if (record) return Promise.resolve({ done: false, value: this.#deliver(record) });
    if (this.#hasEnded) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => this.#readers.push(resolve));
  }

  return(): Promise<Result> {
    this.dispose();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #deliver(record: EventRecord<OmegaEvent>): Delivered {
    const delivered = { ...record, dropped: this.#dropped };
    this.#dropped = 0;
    return delivered;
  }
}
