import type { Acceleration } from '#main/acceleration/acceleration.ts';
import type { Clock } from '#main/core/clock.ts';
import { type CheckResult, healthy, type Subsystem } from '#main/core/lifecycle/subsystem.ts';
import { livePart } from '#main/core/live.ts';
import type { Domain } from '#main/meta-sona/domains/domain.ts';
import { embeddingDomain } from '#main/meta-sona/domains/embedding-domain.ts';
import { vectorSearchDomain } from '#main/meta-sona/domains/vector-search-domain.ts';
import { MetaSona } from '#main/meta-sona/meta-sona.ts';
import { OmegaError } from '#shared/error.ts';
import type { RuntimeEvent } from '#shared/events.ts';
import type { RuntimeOptions } from '../runtime-options.ts';
import type { EmbeddingsPart } from './embeddings-part.ts';
import { Running } from './running.ts';
import type { StoragePart } from './storage-part.ts';

/** What Meta-SONA stands on as a part of the runtime. */
export type MetaSonaPartOptions = {
  readonly runtime: RuntimeOptions;
  readonly storage: StoragePart;
  readonly embeddings: EmbeddingsPart | null;
  readonly clock: Clock;
  readonly emit: (event: RuntimeEvent) => void;
};

/** Meta-SONA as a part of the runtime; {@link give} brings it what only the app can measure. */
export class MetaSonaPart implements Subsystem {
  readonly name = 'meta-sona';
  readonly needs: readonly string[];
  readonly restartable = true;
  readonly running = new Running<MetaSona>('meta-sona');
  readonly #options: MetaSonaPartOptions;
  #given: () => Promise<readonly Domain[]> = async () => [];

  constructor(options: MetaSonaPartOptions) {
    this.#options = options;
    this.needs = ['storage', ...(options.embeddings ? [options.embeddings.name] : [])];
  }

  /** Domains beside the runtime's own, asked for each time: what can be measured changes. */
  give(domains: () => Promise<readonly Domain[]>): void {
    this.#given = domains;
  }

  start(): void {
    const { runtime, storage, clock, emit } = this.#options;
    const own = this.#own();
    const made = new MetaSona({
      domains: async () => [...own, ...(await this.#given())],
      store: storage.running.current.intelligences,
      config: runtime.config,
      setConfig: runtime.setConfig ?? null,
      clock,
      emit,
    });
    this.running.set(made);
  }

  async stop(): Promise<void> {
    await this.running.take()?.dispose();
  }

  /** Reads what was found, and sees that what is said to be in force has its settings. */
  check(): CheckResult {
    const moved = this.running.current.applications.moved();
    if (moved.length === 0) return healthy;
    const [first] = moved;
    const reason = `${first?.setting} was changed since ${first?.name} was applied; roll it back, or apply it again.`;
    return { status: 'degraded', reason };
  }

  #own(): readonly Domain[] {
    const { runtime, storage, embeddings } = this.#options;
    if (!embeddings || !runtime.acceleration) return [];
    const { memories } = storage.running.current;
    return [
      vectorSearchDomain((options, signal) => vectorsOf(embeddings).openTrials(options, signal)),
      embeddingDomain({
        ...runtime.acceleration,
        settings: livePart(runtime.config, (all) => all.acceleration),
        ownTexts: (most, random) => {
          const after = Math.floor(random() * Math.max(0, memories.lastKey() - most));
          return memories.page(after, most).map(({ memory }) => memory.text);
        },
      }),
    ];
  }
}

function vectorsOf({ running }: EmbeddingsPart): NonNullable<Acceleration['vectors']> {
  const { vectors } = running.current;
  if (vectors) return vectors;
  throw new OmegaError('NOT_AVAILABLE', 'There is no search by vector here.');
}
