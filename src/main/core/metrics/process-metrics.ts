import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';
import { Counter, Gauge } from 'prom-client';
import type { ProcessMetrics } from '#shared/metrics.ts';
import type { AsyncResource } from '../disposable.ts';
import type { Metrics } from './metrics.ts';

/** How often the event loop is looked at, in ms; twenty times a second costs nothing that shows. */
const resolutionMs = 50;

/** Watches this process (memory, event loop, garbage collection) and exports it as `omega_process_*`. */
export class ProcessWatch implements AsyncResource {
  readonly #delay = monitorEventLoopDelay({ resolution: resolutionMs });
  readonly #collections = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) this.#collectionMs += duration;
  });
  #collectionMs = 0;

  constructor(metrics: Metrics) {
    this.#delay.enable();
    this.#collections.observe({ entryTypes: ['gc'] });
    const registers = [metrics];
    const gauge = (name: string, help: string, value: (now: ProcessMetrics) => number) => {
      const view = (): ProcessMetrics => this.view();
      new Gauge({
        name: `omega_process_${name}`,
        help,
        registers,
        collect() {
          this.set(value(view()));
        },
      });
    };
    gauge('resident_memory_bytes', 'Memory that the process holds.', (now) => now.residentBytes);
    gauge('heap_used_bytes', 'JavaScript heap in use.', (now) => now.heapBytes);
    gauge('uptime_seconds', 'Since the process started.', (now) => now.uptimeSeconds);
    gauge(
      'event_loop_delay_p99_seconds',
      'What 99 % of the turns of the event loop were late at most, since the start.',
      (now) => now.eventLoopDelayP99Ms / 1000,
    );
    const collectionMs = (): number => this.#collectionMs;
    new Counter({
      name: 'omega_process_gc_seconds_total',
      help: 'Time that garbage collection took.',
      registers,
      collect() {
        this.reset();
        this.inc(collectionMs() / 1000);
      },
    });
  }

  /** The figures now. */
  view(): ProcessMetrics {
    const { rss, heapUsed } = process.memoryUsage();
    // A turn on time is one resolution after the last.
    const lateMs = this.#delay.percentile(99) / 1e6 - resolutionMs;
    return {
      residentBytes: rss,
      heapBytes: heapUsed,
      uptimeSeconds: process.uptime(),
      eventLoopDelayP99Ms: Math.max(0, lateMs),
      collectionMs: this.#collectionMs,
    };
  }

  dispose(): void {
    this.#delay.disable();
    this.#collections.disconnect();
  }
}
