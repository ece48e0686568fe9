import { Gauge, Histogram } from 'prom-client';
import type { Metrics } from '#main/core/metrics/metrics.ts';
import type { DeviceName } from '#shared/devices.ts';
import type { BatchReport } from '../batcher/batcher-options.ts';

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120];
const texts = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 4096];

/** What embeddings are measured by, in the app's registry. Times are seconds, sizes are texts. */
export class EmbedMetrics {
  readonly #latency: Histogram<'call'>;
  readonly #request: Histogram<'device'>;
  readonly #requestTexts: Histogram<'device'>;
  readonly #batchTexts: Histogram;
  readonly #wait: Histogram;

  /** `queued` tells how many single texts wait for a micro-batch now. */
  constructor(metrics: Metrics, queued: () => number) {
    const registers = [metrics];
    this.#latency = new Histogram({
      name: 'omega_embed_latency_seconds',
      help: 'From a call to its answer, by what was called: one text, or a list of texts.',
      labelNames: ['call'],
      buckets: seconds,
      registers,
    });
    this.#request = new Histogram({
      name: 'omega_embed_request_seconds',
      help: 'What one request to a compute process took, by device; requests that failed included.',
      labelNames: ['device'],
      buckets: seconds,
      registers,
    });
    this.#requestTexts = new Histogram({
      name: 'omega_embed_request_texts',
      help: 'Texts in one request to a compute process, by device.',
      labelNames: ['device'],
      buckets: texts,
      registers,
    });
    this.#batchTexts = new Histogram({
      name: 'omega_embed_batch_texts',
      help: 'Single texts that were grouped into one micro-batch.',
      buckets: texts,
      registers,
    });
    this.#wait = new Histogram({
      name: 'omega_embed_queue_wait_seconds',
      help: 'How long the oldest text of a micro-batch had waited when it began.',
      buckets: seconds,
      registers,
    });
    new Gauge({
      name: 'omega_embed_queue_texts',
      help: 'Single texts that wait for a micro-batch now.',
      registers,
      collect() {
        this.set(queued());
      },
    });
  }

  /** Times a call that succeeds. */
  async called<T>(call: 'text' | 'texts', work: () => Promise<T>): Promise<T> {
    const stop = this.#latency.startTimer({ call });
    const answer = await work();
    stop();
    return answer;
  }

  /** Times a request of so many texts to a device, however it ends. */
  async requested<T>(device: DeviceName, count: number, work: () => Promise<T>): Promise<T> {
    const stop = this.#request.startTimer({ device });
    this.#requestTexts.observe({ device }, count);
    try {
      return await work();
    } finally {
      stop();
    }
  }

  /** Notes a micro-batch. */
  batched({ size, waitMs }: BatchReport): void {
    this.#batchTexts.observe(size);
    this.#wait.observe(waitMs / 1000);
  }
}
