import type { AsyncResource } from '#main/core/disposable.ts';
import type { EventMetrics } from '#main/core/events/event-metrics.ts';
import { Ring } from '#main/core/events/ring.ts';
import { systemCode } from '#main/core/file-error.ts';
import type { OmegaEvent } from '#shared/contract.ts';
import { journaledKinds } from '#shared/event-kinds.ts';
import type { EventRecord } from '#shared/events.ts';
import type { EventAppender, NewEventRow } from './event-appender.ts';

/** Most events of one group, and the time after which a smaller one is written, in ms. */
const groupSize = 256;
const groupMs = 500;
/** Rows that the journal keeps, and events that wait at most: more would not be kept either. */
const kept = 10_000;
/** How long a group, and the last one, wait for another process' write, in ms. */
const groupWaitMs = 20;
const lastWaitMs = 1_000;
/** Rest after a group that the disk did not take, in ms. */
const restMs = 2_000;
/** Characters of one event's JSON; of a longer one only kind and time are kept. */
const maxDataChars = 32_000;

/** What a journal stands on. */
export type EventJournalOptions = {
  /** Opens what it writes to, when there is something to write. */
  readonly open: () => Pick<EventAppender, 'append' | 'dispose'>;
  readonly metrics: EventMetrics;
  /** Told once when the journal can no longer be written, and again only after it could. */
  readonly onError: (error: unknown) => void;
};

/**
 * Writes events to the data folder in groups, on its own timer: at most half a second late, never
 * in the emitter's turn. A disk that takes nothing costs events, the oldest first, and they are
 * counted; nobody else notices.
 */
export class EventJournal implements AsyncResource {
  readonly #options: EventJournalOptions;
  readonly #waiting = new Ring<EventRecord<OmegaEvent>>(kept);
  /** A group that could not be written, to be tried again. */
  #group: readonly NewEventRow[] = [];
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Immediate | undefined;
  #rows: ReturnType<EventJournalOptions['open']> | null = null;
  /** Null until the store is there. */
  #instance: string | null = null;
  #isResting = false;
  #hasTold = false;
  #isOpen = true;

  constructor(options: EventJournalOptions) {
    this.#options = options;
  }

  /** Takes a record; it is written later. What only the page needs is left out. */
  add(record: EventRecord<OmegaEvent>): void {
    if (!this.#isOpen || !journaledKinds.has(record.event.type)) return;
    if (!this.#waiting.push(record)) this.#options.metrics.dropped('journal');
    if (!this.#isResting) this.#schedule();
  }

  /** Starts to write, in the name of a process; what came before waits until then. */
  begin(instance: string): void {
    this.#instance = instance;
    if (this.#waiting.size > 0) this.#schedule();
  }

  /** Writes what waits; what cannot be written now is lost, and counted. */
  dispose(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#cancel();
    while (this.#group.length + this.#waiting.size > 0 && this.#write(lastWaitMs) === null);
    const lost = this.#group.length + this.#waiting.size;
    if (lost > 0) this.#options.metrics.dropped('journal', lost);
    this.#waiting.clear();
    this.#rows?.dispose();
  }

  #schedule(): void {
    if (!this.#isOpen || this.#instance === null) return;
    // One group in a turn of the event loop, so that a burst holds nobody up for long.
    if (this.#waiting.size >= groupSize) this.#soon ??= setImmediate(() => this.#flush());
    this.#timer ??= setTimeout(() => this.#flush(), groupMs).unref();
  }

  #flush(): void {
    this.#cancel();
    const error = this.#write(groupWaitMs);
    this.#isResting = error !== null;
    if (error === null) {
      this.#hasTold = false;
      if (this.#waiting.size > 0) this.#schedule();
      return;
    }
    const isBusy = systemCode(error) === 'SQLITE_BUSY';
    if (!isBusy && !this.#hasTold) {
      this.#hasTold = true;
      this.#options.onError(error);
    }
    this.#timer = setTimeout(() => this.#flush(), isBusy ? groupMs : restMs).unref();
  }

  #cancel(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#soon);
    this.#timer = undefined;
    this.#soon = undefined;
  }

  /** Writes one group; its error, or null. */
  #write(waitMs: number): unknown {
    if (this.#instance === null) return new Error('There is no store yet.');
    if (this.#group.length === 0) this.#group = this.#take();
    try {
      this.#rows ??= this.#options.open();
      this.#rows.append(this.#instance, this.#group, kept, waitMs);
      this.#group = [];
      return null;
    } catch (error) {
      return error;
    }
  }

  #take(): readonly NewEventRow[] {
    const rows: NewEventRow[] = [];
    while (rows.length < groupSize) {
      const record = this.#waiting.shift();
      if (!record) break;
      const row = toRow(record);
      if (row) rows.push(row);
      else this.#options.metrics.dropped('journal');
    }
    return rows;
  }
}

/** Null where the event is no JSON; one such must not keep the others from the disk. */
function toRow({ at, traceId, event }: EventRecord<OmegaEvent>): NewEventRow | null {
  try {
    const { type, ...fields } = event;
    const data = JSON.stringify(fields);
    return { at, type, trace: traceId, data: data.length > maxDataChars ? null : data };
  } catch {
    return null;
  }
}
