import { Gauge, Histogram } from 'prom-client';
import type { Metrics } from '#main/core/metrics/metrics.ts';
import { OmegaError } from '#shared/error.ts';

const seconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30];

/** What images are measured by, in the app's registry. */
export class ImageMetrics {
  readonly #seconds: Histogram<'outcome'>;

  /** `waiting` tells how many images wait for a process now. */
  constructor(metrics: Metrics, waiting: () => number) {
    const registers = [metrics];
    this.#seconds = new Histogram({
      name: 'omega_image_seconds',
      help: 'From asking for an image to having it, by outcome: made, or the code of the error.',
      labelNames: ['outcome'],
      buckets: seconds,
      registers,
    });
    new Gauge({
      name: 'omega_image_queue',
      help: 'Images that wait for a process now.',
      registers,
      collect() {
        this.set(waiting());
      },
    });
  }

  /** Times what is asked for, however it ends. */
  async timed<T>(work: () => Promise<T>): Promise<T> {
    const stop = this.#seconds.startTimer();
    try {
      const made = await work();
      stop({ outcome: 'made' });
      return made;
    } catch (error) {
      stop({ outcome: error instanceof OmegaError ? error.code : 'INTERNAL' });
      throw error;
    }
  }
}
