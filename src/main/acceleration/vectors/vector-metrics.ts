import { Counter, Histogram } from 'prom-client';
import type { Metrics } from '#main/core/metrics/metrics.ts';

const seconds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5];

/** Who answered a search: an index, or the store row by row where no index could be had. */
export type Answerer = 'index' | 'store';

/** What searching by vector is measured by, in the app's registry. */
export class VectorMetrics {
  readonly #search: Histogram<'by'>;
  readonly #written: Counter<'what'>;

  constructor(metrics: Metrics) {
    const registers = [metrics];
    this.#search = new Histogram({
      name: 'omega_vector_search_seconds',
      help: 'From a search to its results, by who answered: an index, or the store without one.',
      labelNames: ['by'],
      buckets: seconds,
      registers,
    });
    this.#written = new Counter({
      name: 'omega_vector_written_total',
      help: 'Vectors that were stored (what="stored") and deleted (what="removed").',
      labelNames: ['what'],
      registers,
    });
  }

  /** Times a search that succeeds. */
  async searched<T extends { readonly by: Answerer }>(work: () => Promise<T>): Promise<T> {
    const stop = this.#search.startTimer();
    const answer = await work();
    stop({ by: answer.by });
    return answer;
  }

  /** Notes vectors that were stored or deleted. */
  wrote(what: 'stored' | 'removed', count: number): void {
    this.#written.inc({ what }, count);
  }
}
