import { Gauge, Histogram } from 'prom-client';
import type { OperationMetrics } from '#shared/runtime.ts';
import { Durations } from './durations.ts';
import type { Metrics } from './metrics.ts';

/** Upper bounds of the exported histogram, in seconds: from a look into memory to a long run. */
const buckets = [
  0.000_1, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
];
const quantiles = { p50Ms: 0.5, p95Ms: 0.95, p99Ms: 0.99 } as const;

/** How a recorder's series are named. */
export type RecorderNames = {
  /** What is counted, singular, in the names: `omega_operation_seconds`. */
  readonly noun: string;
  readonly help: string;
};

type Recorded = {
  readonly durations: Durations;
  readonly fine: { observe(seconds: number): void };
  readonly failed: { observe(seconds: number): void };
  failures: number;
};

/**
 * Counts the calls of each operation and how long they take: `omega_<noun>_seconds{<noun>,outcome}`
 * (`ok` or `failed`) and `omega_<noun>_quantile_seconds{<noun>,quantile}` in the registry. A record
 * costs below a microsecond. Names must come from our own code: each costs some 40 KB for ever.
 */
export class OperationRecorder {
  readonly #seconds: Histogram;
  readonly #noun: string;
  readonly #operations = new Map<string, Recorded>();

  constructor(metrics: Metrics, names: RecorderNames) {
    const { noun, help } = names;
    this.#noun = noun;
    const registers = [metrics];
    const labelNames = [noun, 'outcome'];
    const name = `omega_${noun}_seconds`;
    this.#seconds = new Histogram({ name, help, labelNames, buckets, registers });
    const operations = this.#operations;
    new Gauge({
      name: `omega_${noun}_quantile_seconds`,
      help: `${help} What that share of the calls since the start did not exceed, within 1 %.`,
      labelNames: [noun, 'quantile'],
      registers,
      collect() {
        for (const [operation, { durations }] of operations) {
          for (const quantile of Object.values(quantiles)) {
            const ms = durations.quantileMs(quantile);
            if (ms !== null) this.set({ [noun]: operation, quantile }, ms / 1000);
          }
        }
      },
    });
  }

  /** Counts a call that took so long, in ms, also where it failed. */
  record(operation: string, ms: number, failed: boolean): void {
    const recorded = this.#operations.get(operation) ?? this.#begin(operation);
    recorded.durations.record(ms);
    if (failed) recorded.failures += 1;
    (failed ? recorded.failed : recorded.fine).observe(ms / 1000);
  }

  /** The figures of one operation; zeros and nulls where it was never called. */
  of(operation: string): OperationMetrics {
    const recorded = this.#operations.get(operation);
    const ms = (share: number) => recorded?.durations.quantileMs(share) ?? null;
    return {
      calls: recorded?.durations.count ?? 0,
      failures: recorded?.failures ?? 0,
      averageMs: recorded?.durations.averageMs ?? null,
      p50Ms: ms(quantiles.p50Ms),
      p95Ms: ms(quantiles.p95Ms),
      p99Ms: ms(quantiles.p99Ms),
    };
  }

  /** The figures of every operation that was called, by name. */
  view(): Readonly<Record<string, OperationMetrics>> {
    return Object.fromEntries([...this.#operations.keys()].map((name) => [name, this.of(name)]));
  }

  #begin(operation: string): Recorded {
    const series = (outcome: 'ok' | 'failed') =>
      this.#seconds.labels({ [this.#noun]: operation, outcome });
    const durations = new Durations();
    const recorded = { durations, fine: series('ok'), failed: series('failed'), failures: 0 };
    this.#operations.set(operation, recorded);
    return recorded;
  }
}
