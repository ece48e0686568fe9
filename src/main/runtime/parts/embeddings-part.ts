import { join } from 'node:path';
import { Acceleration } from '#main/acceleration/acceleration.ts';
import { indexSettingOf } from '#main/acceleration/vectors/choice/index-setting.ts';
import type { DegradationBoard } from '#main/core/degradation/degradation-board.ts';
import { type CheckResult, healthy, type Subsystem } from '#main/core/lifecycle/subsystem.ts';
import { livePart } from '#main/core/live.ts';
import { createMetrics, type Metrics } from '#main/core/metrics/metrics.ts';
import { OmegaError } from '#shared/error.ts';
import type { RuntimeOptions } from '../runtime-options.ts';
import { Running } from './running.ts';
import type { StoragePart } from './storage-part.ts';

/** What a trial embeds. */
const probeText = 'A web service listens on a port.';

/** Acceleration as a part of the runtime: texts become vectors, on a GPU where there is one. */
export class EmbeddingsPart implements Subsystem {
  readonly name = 'embeddings';
  readonly needs = ['storage'];
  readonly restartable = true;
  readonly running = new Running<Acceleration>('embeddings');
  readonly #options: RuntimeOptions;
  readonly #storage: StoragePart;
  readonly #board: DegradationBoard;
  #metrics: Metrics = createMetrics();

  constructor(options: RuntimeOptions, storage: StoragePart, board: DegradationBoard) {
    this.#options = options;
    this.#storage = storage;
    this.#board = board;
  }

  /** The counters of what runs now. */
  get metrics(): Metrics {
    return this.#metrics;
  }

  start(): void {
    const { acceleration, config, dataFolder } = this.#options;
    if (!acceleration) throw new OmegaError('INTERNAL', 'Acceleration was not asked for.');
    // A registry takes the counters of one acceleration only.
    this.#metrics = createMetrics();
    const made = new Acceleration({
      ...acceleration,
      settings: livePart(config, (all) => all.acceleration),
      vectors: {
        store: this.#storage.running.current.vectors,
        folder: join(dataFolder, 'indexes'),
        graph: livePart(config, ({ agentdb }) => indexSettingOf(agentdb)),
      },
      metrics: this.#metrics,
    });
    this.running.set(made);
  }

  async stop(signal: AbortSignal): Promise<void> {
    const acceleration = this.running.take();
    this.#board.leave(this.name, 'text-only');
    // One that hangs would keep its index from being saved for minutes, and outlive the app.
    const end = (): void => acceleration?.vectors?.renew();
    signal.addEventListener('abort', end, { once: true });
    try {
      await acceleration?.dispose();
    } finally {
      signal.removeEventListener('abort', end);
    }
  }

  /** Embeds a sentence. */
  async check(signal: AbortSignal, wake: boolean): Promise<CheckResult> {
    const acceleration = this.running.current;
    if (!wake && !acceleration.isOpen) {
      return { status: 'idle', reason: 'Nothing was embedded yet.' };
    }
    try {
      const vector = await acceleration.embedText(probeText, signal);
      const length = Math.hypot(...vector);
      if (Math.abs(length - 1) > 0.01) throw wrong(length);
    } catch (error) {
      // Of a trial that was ended the signal knows why: its time was over, or nobody waits for it.
      const why: unknown = signal.aborted ? signal.reason : error;
      const reason = why instanceof Error ? why.message : String(why);
      const isCancelled = why instanceof OmegaError && why.code === 'CANCELLED';
      if (!isCancelled) this.#board.enter(this.name, 'text-only', reason);
      throw error;
    }
    this.#board.leave(this.name, 'text-only');
    if (!acceleration.isLatched) return healthy;
    const reason = 'The GPU kept failing and is left alone for a while; the CPU computes.';
    return { status: 'degraded', reason };
  }
}

function wrong(length: number): OmegaError {
  return new OmegaError(
    'INTERNAL',
    `The model gave a vector of the length ${length} instead of 1.`,
  );
}
