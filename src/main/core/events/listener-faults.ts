import type { EventMetrics } from './event-metrics.ts';

/** Takes what listeners and filters throw: each fault is counted, the first of each is told. */
export class ListenerFaults {
  readonly #metrics: EventMetrics;
  readonly #tell: (error: unknown) => void;
  readonly #told = new WeakSet<object>();

  constructor(metrics: EventMetrics, tell: (error: unknown) => void) {
    this.#metrics = metrics;
    this.#tell = tell;
  }

  /** `whose` is what threw: one that fails at every event must not fill the log. */
  note(error: unknown, whose: object): void {
    this.#metrics.listenerFailed();
    if (this.#told.has(whose)) return;
    this.#told.add(whose);
    this.#tell(error);
  }
}
