import type { OmegaEvent } from '#shared/contract.ts';
import { frameMs } from '#shared/wire.ts';

/** Where an {@link EventOutbox} delivers to. */
export type EventSink = {
  /** Delivers one batch, oldest first; never empty. */
  send(events: readonly OmegaEvent[]): void;
  /** False while the receiver is behind: then events wait, coalesced, and are tried a frame later. */
  ready(): boolean;
  /** More different events wait for a receiver that is behind than the outbox holds; nothing is sent any more. */
  overflow(): void;
};

/** Events that replace each other share a key: only the newest state of a thing is worth sending. */
export function eventKey(event: OmegaEvent): string {
  switch (event.type) {
    case 'scan.progress':
      return `${event.type} ${event.root}`;
    case 'run.updated':
      return `${event.type} ${event.run.id}`;
    case 'job.updated':
      return `${event.type} ${event.job.runId} ${event.job.id}`;
    case 'proposal.updated':
      return `${event.type} ${event.runId}`;
    case 'proposal.streamed':
      return `${event.type} ${event.jobId} ${event.path}`;
    default:
      return event.type;
  }
}

/** What is to be sent of two events of one key: the newer, unless it goes on where the older ends. */
export function mergeEvents(older: OmegaEvent | undefined, newer: OmegaEvent): OmegaEvent {
  if (older?.type !== 'proposal.streamed' || newer.type !== 'proposal.streamed') return newer;
  if (newer.at !== older.at + older.piece.length) return newer;
  return { ...newer, at: older.at, piece: older.piece + newer.piece };
}

/** Gathers events for one receiver, keeps the newest of each key and sends them a frame at a time. */
export class EventOutbox {
  readonly #sink: EventSink;
  readonly #limit: number;
  readonly #pending = new Map<string, OmegaEvent>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  /** `limit` counts the different keys that may wait for a receiver that is behind. */
  constructor(sink: EventSink, limit = 20_000) {
    this.#sink = sink;
    this.#limit = limit;
  }

  /** Takes an event; it is sent within a frame, unless a newer one of its key replaces it first. */
  push(event: OmegaEvent): void {
    if (this.#closed) return;
    const key = eventKey(event);
    const merged = mergeEvents(this.#pending.get(key), event);
    // Deleting first moves the key to the end: a run's last state must follow that of its jobs.
    this.#pending.delete(key);
    this.#pending.set(key, merged);
    if (this.#pending.size > this.#limit) {
      if (this.#sink.ready()) {
        // A burst, not a slow receiver: it need not wait for the frame.
        this.#flush();
        return;
      }
      this.close();
      this.#sink.overflow();
      return;
    }
    this.#timer ??= setTimeout(() => this.#flush(), frameMs);
  }

  /** Drops what waits and takes nothing more. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#pending.clear();
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#sink.ready()) {
      this.#timer = setTimeout(() => this.#flush(), frameMs);
      return;
    }
    const events = [...this.#pending.values()];
    this.#pending.clear();
    this.#sink.send(events);
  }
}
