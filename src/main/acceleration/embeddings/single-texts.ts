import type { AccelerationSettings } from '../acceleration-options.ts';
import { AdaptiveBatcher } from '../batcher/adaptive-batcher.ts';
import type { BatchReport } from '../batcher/batcher-options.ts';
import { boundText } from './bound-text.ts';
import type { Embeddings } from './embed-texts.ts';

/** Size of a micro-batch that is preferred where `maxBatch` and the target allow it. */
const preferredBatch = 64;
/** Longest that a micro-batch may take, in ms; its requests to the devices have deadlines of their own. */
const batchMs = 300_000;

/** Single texts, grouped into micro-batches by how long those take. */
export class SingleTexts {
  readonly #batcher: AdaptiveBatcher<string, Float32Array>;
  #applied: AccelerationSettings;

  constructor(
    embed: (texts: readonly string[], signal: AbortSignal) => Promise<Embeddings>,
    settings: AccelerationSettings,
    onBatch: (report: BatchReport) => void,
  ) {
    this.#applied = settings;
    this.#batcher = new AdaptiveBatcher<string, Float32Array>(
      async (texts, signal) => {
        const { vectors, dimensions } = await embed(texts, signal);
        // Copies, so that who keeps one vector does not keep the whole batch.
        return texts.map((_, row) => vectors.slice(row * dimensions, (row + 1) * dimensions));
      },
      policyOf(settings),
      { onBatch, slots: settings.slots, timeoutMs: batchMs },
    );
  }

  /** Texts that wait for a micro-batch. */
  get queued(): number {
    return this.#batcher.queued;
  }

  /** The vector of one text; see `AdaptiveBatcher.run` for what it fails with. */
  embed(text: string, signal?: AbortSignal): Promise<Float32Array> {
    // Bounded here already: thousands may wait.
    return this.#batcher.run(boundText(text), signal);
  }

  /** Takes changed settings over from the next micro-batch on. */
  apply(settings: AccelerationSettings): void {
    const { targetLatencyMs, maxBatch, slots } = this.#applied;
    this.#applied = settings;
    const same = targetLatencyMs === settings.targetLatencyMs && maxBatch === settings.maxBatch;
    // A new policy forgets what was learnt, so it is set only where it differs.
    if (!same) this.#batcher.reconfigure({ policy: policyOf(settings) });
    if (slots !== settings.slots) this.#batcher.reconfigure({ slots: settings.slots });
  }
}

function policyOf({ targetLatencyMs, maxBatch }: AccelerationSettings) {
  return { targetLatencyMs, maxBatch, minBatch: Math.min(preferredBatch, maxBatch) };
}
