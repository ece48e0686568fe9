import type { AccelerationSettings } from '../acceleration-options.ts';
import { AdaptiveBatcher } from '../batcher/adaptive-batcher.ts';
import type { BatchReport } from '../batcher/batcher-options.ts';
import { type BatchFigures, BatchTally } from './batch-tally.ts';
import { boundText } from './bound-text.ts';
import type { Embeddings } from './embed-texts.ts';

/** Size of a micro-batch that is preferred where `maxBatch` and the target allow it. */
const preferredBatch = 64;
/** Longest that a micro-batch may take, in ms; its requests to the devices have deadlines of their own. */
const batchMs = 300_000;

/** Single texts, grouped into micro-batches by how long those take. */
export class SingleTexts {
  readonly #batcher: AdaptiveBatcher<string, Float32Array>;
  readonly #tally = new BatchTally();
  #applied: AccelerationSettings;
  #bound: number | null = null;

  constructor(
    embed: (texts: readonly string[], signal: AbortSignal) => Promise<Embeddings>,
    settings: AccelerationSettings,
    onBatch: (report: BatchReport) => void,
  ) {
    this.#applied = settings;
    const told = (report: BatchReport): void => {
      this.#tally.add(report, this.#applied.targetLatencyMs);
      onBatch(report);
    };
    this.#batcher = new AdaptiveBatcher<string, Float32Array>(
      async (texts, signal) => {
        const { vectors, dimensions } = await embed(texts, signal);
        // Copies, so that who keeps one vector does not keep the whole batch.
        return texts.map((_, row) => vectors.slice(row * dimensions, (row + 1) * dimensions));
      },
      policyOf(settings, null),
      { onBatch: told, slots: settings.slots, timeoutMs: batchMs },
    );
  }

  /** Texts that wait for a micro-batch. */
  get queued(): number {
    return this.#batcher.queued;
  }

  /** How micro-batches went. */
  get figures(): BatchFigures {
    const { figures: sizes } = this.#tally;
    const { limit } = this.#batcher;
    return { sizes, most: this.#applied.maxBatch, bound: this.#bound, limit };
  }

  /** Bounds micro-batches below what is set; null bounds them no longer. Sizes are learnt anew. */
  setBound(bound: number | null): void {
    if (bound === this.#bound) return;
    this.#bound = bound;
    this.#batcher.reconfigure({ policy: policyOf(this.#applied, bound) });
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
    if (!same) this.#batcher.reconfigure({ policy: policyOf(settings, this.#bound) });
    if (slots !== settings.slots) this.#batcher.reconfigure({ slots: settings.slots });
  }
}

function policyOf({ targetLatencyMs, maxBatch: most }: AccelerationSettings, bound: number | null) {
  const maxBatch = Math.min(most, bound ?? most);
  return { targetLatencyMs, maxBatch, minBatch: Math.min(preferredBatch, maxBatch) };
}
