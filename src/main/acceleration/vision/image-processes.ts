import PQueue from 'p-queue';
import { cancelled } from '#main/core/abort.ts';
import type { AsyncResource } from '#main/core/disposable.ts';
import { createMetrics, type Metrics } from '#main/core/metrics/metrics.ts';
import { OmegaError } from '#shared/error.ts';
import type { SpawnCompute } from '../compute/compute-port.ts';
import { ImageChild } from './image-child.ts';
import { ImageMetrics } from './image-metrics.ts';
import type { ImagePlan, ResizedImage } from './image-protocol.ts';

/** One image and what is to be made of it. */
export type ImageRequest = {
  /** Reads it, once its turn has come: those that wait take no memory. */
  readonly load: () => Promise<Uint8Array>;
  readonly plan: ImagePlan;
};

/** Bounds of {@link ImageProcesses}. Times in ms. */
export type ImageProcessesOptions = {
  readonly spawn: SpawnCompute;
  /** Processes side by side, each with one image; 2 where absent. */
  readonly processes?: number;
  /** Images that may wait for one; the next is refused. 64 where absent. */
  readonly maxQueue?: number;
  /** Longest that one image may take, its process' start included. */
  readonly deadlineMs?: number;
  /** A process without work ends after so long. */
  readonly idleMs?: number;
  /** Where images are counted. */
  readonly metrics?: Metrics;
};

/**
 * Makes images in processes of their own, as many as are needed up to a bound. They are no threads:
 * an SVG of a kilobyte can keep librsvg busy for hours, sharp's own time-out does not interrupt it,
 * and a fault in a decoder ends whoever called it.
 */
export class ImageProcesses implements AsyncResource {
  readonly #options: Required<Omit<ImageProcessesOptions, 'metrics'>>;
  readonly #metrics: ImageMetrics;
  readonly #queue: PQueue;
  readonly #idle = new Map<ImageChild, NodeJS.Timeout>();
  readonly #busy = new Set<ImageChild>();
  #disposed = false;

  constructor(options: ImageProcessesOptions) {
    const defaults = { processes: 2, maxQueue: 64, deadlineMs: 15_000, idleMs: 30_000 };
    this.#options = { ...defaults, ...options };
    this.#queue = new PQueue({ concurrency: this.#options.processes });
    this.#metrics = new ImageMetrics(options.metrics ?? createMetrics(), () => this.#queue.size);
  }

  /** Processes that live now. */
  get size(): number {
    return this.#idle.size + this.#busy.size;
  }

  /**
   * Makes one image, see {@link ImageChild.render} for how it fails, or with what `load` throws.
   * Throws `UNAVAILABLE` where too many wait.
   */
  render(request: ImageRequest, signal?: AbortSignal): Promise<ResizedImage> {
    return this.#metrics.timed(() => this.#enqueue(request, signal));
  }

  dispose(): void {
    this.#disposed = true;
    for (const timer of this.#idle.values()) clearTimeout(timer);
    for (const child of [...this.#idle.keys(), ...this.#busy]) child.kill();
    this.#idle.clear();
  }

  async #enqueue(request: ImageRequest, signal?: AbortSignal): Promise<ResizedImage> {
    if (this.#disposed) throw unavailable('The app is closing; start it again.');
    if (this.#queue.size >= this.#options.maxQueue) {
      throw unavailable(`${this.#options.maxQueue} images wait already; try again in a moment.`);
    }
    const work = () => this.#renderNow(request, signal);
    try {
      return await this.#queue.add(work, signal ? { signal } : {});
    } catch (error) {
      if (signal?.aborted) throw cancelled(signal);
      throw error;
    }
  }

  async #renderNow(request: ImageRequest, signal?: AbortSignal): Promise<ResizedImage> {
    const { load, plan } = request;
    const bytes = await load();
    // Asked only now: a process that starts after the end would be nobody's to end.
    if (this.#disposed) throw unavailable('The app is closing; start it again.');
    const child = this.#takeIdle() ?? new ImageChild(this.#options.spawn);
    this.#busy.add(child);
    try {
      return await child.render({ bytes, plan }, { signal, deadlineMs: this.#options.deadlineMs });
    } finally {
      this.#busy.delete(child);
      if (!child.gone) this.#keep(child);
    }
  }

  #takeIdle(): ImageChild | null {
    for (const [child, timer] of this.#idle) {
      clearTimeout(timer);
      this.#idle.delete(child);
      if (!child.gone) return child;
    }
    return null;
  }

  #keep(child: ImageChild): void {
    const timer = setTimeout(() => {
      this.#idle.delete(child);
      child.kill();
    }, this.#options.idleMs);
    this.#idle.set(child, timer);
  }
}

function unavailable(message: string): OmegaError {
  return new OmegaError('UNAVAILABLE', message, { retryable: true });
}
