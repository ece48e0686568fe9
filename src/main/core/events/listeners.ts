import { ensureAwaitable } from '#main/core/maybe-async/ensure.ts';
import type { OmegaEvent } from '#shared/contract.ts';
import type { EventRecord } from '#shared/events.ts';
import type { EventTest } from './event-filter.ts';
import type { ListenerFaults } from './listener-faults.ts';

/** Events that listeners may cause, one through the other, before the first emit returns. */
const maxCaused = 1_000;

/** Is called with each record; what it returns is looked at only for a rejection. */
export type RecordListener = (record: EventRecord<OmegaEvent>) => unknown;

type Entry = {
  readonly listener: RecordListener;
  readonly wants: EventTest;
  /** The last event that was emitted before it listened. */
  readonly since: number;
  isOn: boolean;
};

/**
 * Calls listeners in the emitter's own turn. One that emits is not answered inside its call: its
 * event waits until all have had the one before, so that everybody sees the same order and the
 * stack does not grow. Past a thousand such events listeners go in circles, and are told no more.
 */
export class Listeners {
  readonly #faults: ListenerFaults;
  readonly #onLost: () => void;
  readonly #waiting: EventRecord<OmegaEvent>[] = [];
  #entries: readonly Entry[] = [];
  #isTelling = false;

  /** `onLost` is called for each record that no listener gets. */
  constructor(faults: ListenerFaults, onLost: () => void) {
    this.#faults = faults;
    this.#onLost = onLost;
  }

  /** Adds a listener; each call is a subscription of its own, and returns what ends it. */
  add(listener: RecordListener, wants: EventTest, since: number): () => void {
    const entry: Entry = { listener, wants, since, isOn: true };
    // Never changed in place: a round goes through the list that it began with.
    this.#entries = [...this.#entries, entry];
    return () => {
      entry.isOn = false;
      this.#entries = this.#entries.filter((each) => each !== entry);
    };
  }

  tell(record: EventRecord<OmegaEvent>): void {
    if (this.#isTelling) {
      if (this.#waiting.length < maxCaused) this.#waiting.push(record);
      else this.#lose(record);
      return;
    }
    this.#isTelling = true;
    try {
      this.#tellAll(record);
      for (let index = 0; index < this.#waiting.length; index += 1) {
        this.#tellAll(this.#waiting[index] as EventRecord<OmegaEvent>);
      }
    } finally {
      this.#waiting.length = 0;
      this.#isTelling = false;
    }
  }

  clear(): void {
    for (const entry of this.#entries) entry.isOn = false;
    this.#entries = [];
  }

  #tellAll(record: EventRecord<OmegaEvent>): void {
    for (const entry of this.#entries) {
      if (!entry.isOn || record.seq <= entry.since) continue;
      try {
        if (!entry.wants(record.event)) continue;
        const result = entry.listener(record);
        if (typeof result === 'object' && result !== null) {
          ensureAwaitable(result).catch((error: unknown) => this.#faults.note(error, entry));
        }
      } catch (error) {
        this.#faults.note(error, entry);
      }
    }
  }

  #lose({ event }: EventRecord<OmegaEvent>): void {
    this.#onLost();
    const message = `Listeners of events cause one another without end; "${event.type}" was not told to them.`;
    this.#faults.note(new Error(message), this);
  }
}
