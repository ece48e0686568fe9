import type { Clock } from '#main/core/clock.ts';
import type { AsyncResource } from '#main/core/disposable.ts';
import type { OmegaEvent } from '#shared/contract.ts';
import type { DeliveredRecord, EventRecord } from '#shared/events.ts';
import { type EventFilter, type EventTest, testOf } from './event-filter.ts';
import type { EventMetrics } from './event-metrics.ts';
import { ListenerFaults } from './listener-faults.ts';
import { Listeners, type RecordListener } from './listeners.ts';
import { Ring } from './ring.ts';
import { Subscription } from './subscription.ts';

/** What a bus stands on. */
export type EventBusOptions = {
  readonly metrics: EventMetrics;
  readonly clock: Pick<Clock, 'now'>;
  /** The call that is going on where an event is emitted. */
  readonly traceId: () => string | null;
  /** Records kept for {@link EventBus.replay}; 0 keeps none. */
  readonly capacity?: number;
  /** Told the first fault of each listener or filter. */
  readonly onError: (error: unknown) => void;
};

/** What a reader wants, and how far it may fall behind. */
export type SubscribeOptions = {
  readonly filter?: EventFilter;
  /** The first record wanted, where the bus still has it; only what comes from now on where absent. */
  readonly from?: number;
  /** Most records that wait for the reader. */
  readonly buffer?: number;
  readonly signal?: AbortSignal;
};

/**
 * Tells what happened, in one order, to listeners (called at once, in the emitter's turn, so they
 * must be short) and to readers (at their own pace), and keeps the last of it. A filter's function
 * must only look. None of them can harm the emitter or each other.
 */
export class EventBus implements AsyncResource {
  readonly #options: EventBusOptions;
  readonly #recent: Ring<EventRecord<OmegaEvent>>;
  readonly #faults: ListenerFaults;
  readonly #listeners: Listeners;
  readonly #readers = new Map<Subscription, EventTest>();
  #seq = 0;
  #isOpen = true;

  constructor(options: EventBusOptions) {
    this.#options = options;
    this.#recent = new Ring(options.capacity ?? 1_000);
    this.#faults = new ListenerFaults(options.metrics, options.onError);
    this.#listeners = new Listeners(this.#faults, () => options.metrics.dropped('listeners'));
  }

  /** Sends an event to those who listen now; after `dispose` it does nothing. */
  emit(event: OmegaEvent): void {
    if (!this.#isOpen) return;
    this.#seq += 1;
    const { clock, traceId, metrics } = this.#options;
    const record = { seq: this.#seq, at: clock.now(), traceId: traceId(), event };
    metrics.emitted(event.type);
    this.#recent.push(record);
    for (const [reader, wants] of this.#readers) {
      if (this.#passes(wants, record)) reader.offer(record);
    }
    this.#listeners.tell(record);
  }

  /** Calls the listener with each event until the returned function is called. */
  listen(listener: (event: OmegaEvent) => unknown, filter?: EventFilter): () => void {
    return this.listenRecords(({ event }) => listener(event), filter);
  }

  /** Like {@link listen}, with number, time and trace. */
  listenRecords(listener: RecordListener, filter?: EventFilter): () => void {
    return this.#listeners.add(listener, testOf(filter), this.#seq);
  }

  /** Records for a reader that may be slow; with `from`, without a gap after those that were. */
  subscribe(
    options: SubscribeOptions = {},
  ): AsyncIterable<DeliveredRecord<OmegaEvent>> & AsyncResource {
    const { filter, from, buffer = 256, signal } = options;
    const oldest = this.#recent.first?.seq ?? this.#seq + 1;
    const reader = new Subscription({
      backlog: from === undefined ? [] : this.replay(from, filter),
      // Nobody knows any more which of them the filter would have let through.
      missed: from === undefined ? 0 : Math.max(0, oldest - Math.max(from, 1)),
      buffer,
      signal,
      onDrop: () => this.#options.metrics.dropped('reader'),
      onEnd: (self) => void this.#readers.delete(self),
    });
    if (!this.#isOpen) reader.end();
    else if (!signal?.aborted) this.#readers.set(reader, testOf(filter));
    return reader;
  }

  /** The records from this number on that the bus still has, oldest first. */
  replay(from = 1, filter?: EventFilter): readonly EventRecord<OmegaEvent>[] {
    const wants = testOf(filter);
    return [...this.#recent].filter((one) => one.seq >= from && this.#passes(wants, one));
  }

  /** Ends every listener; a reader still gets what waits for it. */
  dispose(): void {
    this.#isOpen = false;
    this.#listeners.clear();
    for (const reader of this.#readers.keys()) reader.end();
  }

  #passes(wants: EventTest, { event }: EventRecord<OmegaEvent>): boolean {
    try {
      return wants(event);
    } catch (error) {
      this.#faults.note(error, wants);
      return false;
    }
  }
}
