import { Counter } from 'prom-client';
import type { Metrics } from '#main/core/metrics/metrics.ts';

/** Who lost an event: a slow reader, the listeners of a bus that goes in circles, the journal. */
export type Loser = 'reader' | 'listeners' | 'journal';

/** What events are counted by, in the app's registry. */
export class EventMetrics {
  readonly #emitted = new Map<string, number>();
  readonly #dropped: Counter<'by'>;
  readonly #errors: Counter;

  constructor(metrics: Metrics) {
    const registers = [metrics];
    const emitted = this.#emitted;
    new Counter({
      name: 'omega_events_total',
      help: 'Events that were emitted, by type.',
      labelNames: ['type'],
      registers,
      // Counted in a map and handed over when asked: `inc` with a label takes longer than the rest of `emit`.
      collect() {
        this.reset();
        for (const [type, count] of emitted) this.inc({ type }, count);
      },
    });
    this.#dropped = new Counter({
      name: 'omega_events_dropped_total',
      help: 'Events that somebody did not get: a slow reader, listeners (of a bus that goes in circles), the journal.',
      labelNames: ['by'],
      registers,
    });
    this.#errors = new Counter({
      name: 'omega_event_listener_errors_total',
      help: 'Listeners and filters of events that threw or rejected.',
      registers,
    });
  }

  emitted(type: string): void {
    this.#emitted.set(type, (this.#emitted.get(type) ?? 0) + 1);
  }

  dropped(by: Loser, count = 1): void {
    this.#dropped.inc({ by }, count);
  }

  listenerFailed(): void {
    this.#errors.inc();
  }
}
