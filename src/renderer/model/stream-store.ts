import type { OmegaEvent } from '#shared/contract.ts';

type Streamed = Extract<OmegaEvent, { readonly type: 'proposal.streamed' }>;

/** A file that a model writes. */
export type Stream = {
  readonly key: string;
  readonly runId: string;
  readonly jobId: string;
  readonly path: string;
};

/** Text of a stream; `epoch` changes whenever it is not what was there plus something. */
export type StreamText = {
  readonly epoch: number;
  /** Where in the file the text begins: after 0 where the page came late. */
  readonly from: number;
  readonly text: string;
};

/** Most characters of a file that are shown while it is written; no proposal has more. */
const most = 1_000_000;

type Entry = { readonly stream: Stream; text: StreamText };

/** Whether a file's key is that of a stream, not a proposal's id. */
export function isStreamKey(id: string): boolean {
  return id.startsWith('stream:');
}

/**
 * Files that models write now, as strings: they may come by dozens at once, and only the one that is
 * looked at is drawn. Lists and texts have listeners of their own.
 */
export class StreamStore {
  readonly #entries = new Map<string, Entry>();
  readonly #listListeners = new Set<() => void>();
  readonly #textListeners = new Map<string, Set<() => void>>();
  #list: readonly Stream[] = [];

  /** Takes a batch of pieces; listeners hear of it once. */
  add(events: readonly Streamed[]): void {
    const changed = new Set<string>();
    let isNew = false;
    for (const event of events) {
      const { runId, jobId, path } = event;
      const key = `stream:${jobId}:${path}`;
      const entry = this.#entries.get(key);
      if (entry) entry.text = after(entry.text, event);
      else {
        const text = { epoch: 0, from: event.at, text: event.piece.slice(0, most) };
        this.#entries.set(key, { stream: { key, runId, jobId, path }, text });
        isNew = true;
      }
      changed.add(key);
    }
    for (const key of changed) for (const tell of this.#textListeners.get(key) ?? []) tell();
    if (isNew) this.#listChanged();
  }

  /** Forgets the files of some jobs: their proposals are there, or will never be. */
  drop(jobIds: ReadonlySet<string>): void {
    const before = this.#entries.size;
    for (const [key, { stream }] of this.#entries) {
      if (jobIds.has(stream.jobId)) this.#entries.delete(key);
    }
    if (this.#entries.size < before) this.#listChanged();
  }

  /** Forgets the files of a run that has ended, but for one that is looked at. */
  endRun(runId: string): void {
    const jobs = [...this.#entries.values()].filter(
      ({ stream }) => stream.runId === runId && !this.#textListeners.has(stream.key),
    );
    this.drop(new Set(jobs.map(({ stream }) => stream.jobId)));
  }

  /** Whether a file of this job is being written. */
  has(jobId: string): boolean {
    return this.#list.some((stream) => stream.jobId === jobId);
  }

  /** The same list until a file begins or ends. */
  readonly list = (): readonly Stream[] => this.#list;

  /** What there is of a file; undefined where it is not being written. */
  text(key: string): StreamText | undefined {
    return this.#entries.get(key)?.text;
  }

  /** Hears when a file begins or ends; returns the way to stop. */
  readonly onList = (listener: () => void): (() => void) => {
    this.#listListeners.add(listener);
    return () => this.#listListeners.delete(listener);
  };

  /** Hears when a file's text changes; returns the way to stop. */
  onText(key: string, listener: () => void): () => void {
    const listeners = this.#textListeners.get(key) ?? new Set();
    this.#textListeners.set(key, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#textListeners.delete(key);
    };
  }

  #listChanged(): void {
    this.#list = [...this.#entries.values()].map(({ stream }) => stream);
    for (const tell of this.#listListeners) tell();
  }
}

/** A text after a piece: appended where it fits, cut back or begun anew where it does not. */
function after({ epoch, from, text }: StreamText, { at, piece }: Streamed): StreamText {
  const end = from + text.length;
  if (at === end) return { epoch, from, text: (text + piece).slice(0, most) };
  if (at > from && at < end) {
    return { epoch: epoch + 1, from, text: text.slice(0, at - from) + piece };
  }
  return { epoch: epoch + 1, from: at, text: piece };
}
