import type { Fault } from './fault.ts';
import type { KeySeen, Protocol, SeenRequest } from './protocol.ts';

/** How a request ended. `aborted`: the client closed the connection before its answer was whole. */
export type Outcome =
  | 'running'
  | 'answered'
  | 'aborted'
  /** The server's own limit of requests at once. */
  | 'over-capacity'
  /** No such model, a wrong key, a body that makes no sense. */
  | 'refused'
  /** As far as its fault let it; see `fault`. */
  | 'faulted';

/** One request. Times are ms since 1970 by a clock that never goes back, so processes can be compared. */
export type LogEntry = {
  readonly id: number;
  readonly protocol: Protocol | null;
  readonly endpoint: string;
  /** Null for what asks for no text, or could not be read. */
  readonly request: SeenRequest | null;
  readonly key: KeySeen;
  readonly beganAt: number;
  readonly firstByteAt: number | null;
  readonly endedAt: number | null;
  readonly outcome: Outcome;
  /** What was made to go wrong with it. */
  readonly fault: Fault['kind'] | null;
  readonly status: number | null;
  /** As reported to the client; 0 where nothing was. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Of the body, as written. */
  readonly bytes: number;
};

/** The same, while it is being written. */
export type OpenEntry = { -readonly [Key in keyof LogEntry]: LogEntry[Key] };

/** Now, by the log's clock. */
export const logNow = (): number => performance.timeOrigin + performance.now();

/** Every request that came, in the order of arrival. */
export class RequestLog {
  #entries: OpenEntry[] = [];
  #waiting: { readonly done: () => boolean; readonly tell: () => void }[] = [];
  #next = 1;

  get entries(): readonly LogEntry[] {
    return this.#entries;
  }

  /** Only the requests for text. */
  get calls(): readonly LogEntry[] {
    return this.#entries.filter(({ request }) => request !== null);
  }

  open(protocol: Protocol | null, endpoint: string, key: KeySeen): OpenEntry {
    const entry: OpenEntry = {
      id: this.#next,
      protocol,
      endpoint,
      request: null,
      key,
      beganAt: logNow(),
      firstByteAt: null,
      endedAt: null,
      outcome: 'running',
      fault: null,
      status: null,
      inputTokens: 0,
      outputTokens: 0,
      bytes: 0,
    };
    this.#next += 1;
    this.#entries.push(entry);
    return entry;
  }

  /** To be called after an entry was changed. */
  changed(): void {
    if (this.#waiting.length === 0) return;
    const ready = this.#waiting.filter(({ done }) => done());
    this.#waiting = this.#waiting.filter((one) => !ready.includes(one));
    for (const { tell } of ready) tell();
  }

  /** Resolves as soon as the log says so; rejects with the signal's reason. */
  async until(
    says: (entries: readonly LogEntry[]) => boolean,
    signal: AbortSignal = AbortSignal.timeout(10_000),
  ): Promise<void> {
    if (says(this.#entries)) return;
    await new Promise<void>((resolve, reject) => {
      this.#waiting.push({ done: () => says(this.#entries), tell: resolve });
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  }

  /** Forgets what has ended; what still runs stays. */
  clear(): void {
    this.#entries = this.#entries.filter(({ endedAt }) => endedAt === null);
  }
}
