import { embeddingDimensions } from '#main/acceleration/embeddings/model-files.ts';
import type { CheckResult, Subsystem } from '#main/core/lifecycle/subsystem.ts';
import { livePart } from '#main/core/live.ts';
import { Memories } from '#main/memory/memories.ts';
import type { MemoryIndex } from '#main/memory/memory-index.ts';
import { OmegaError } from '#shared/error.ts';
import { Running } from './running.ts';
import { type UpperPartOptions, worksAs } from './upper-part.ts';

/** Memory as a part of the runtime. */
export class MemoryPart implements Subsystem {
  readonly name = 'memory';
  readonly needs: readonly string[];
  readonly restartable = true;
  readonly running = new Running<Memories>('memory');
  readonly #options: UpperPartOptions;

  constructor(options: UpperPartOptions) {
    this.needs = options.needs;
    this.#options = options;
  }

  start(): void {
    const { storage, meaning, config, clock, emit } = this.#options;
    const store = storage.running.current.memories;
    const memories = new Memories({
      store,
      vectors: this.#index(),
      embed: meaning.embed,
      settings: livePart(config, (all) => all.memory),
      clock,
      emit,
    });
    memories.start();
    this.running.set(memories);
  }

  async stop(): Promise<void> {
    await this.running.take()?.stop();
  }

  /** Texts can be embedded again: what was stored meanwhile gets its vector, in the background. */
  catchUp(): void {
    // What keeps it from that is told by the next query, which then finds by words alone.
    this.running.held?.backfill().catch(() => undefined);
  }

  /** Counts what it holds, which reads every tier. */
  async check(): Promise<CheckResult> {
    await this.running.current.sizes();
    return worksAs(this.name, this.#options.board);
  }

  #index(): MemoryIndex {
    const { storage, meaning } = this.#options;
    try {
      const source = storage.running.current.memories.vectors(embeddingDimensions);
      return meaning.vectors().openOver(source);
    } catch (error) {
      if (error instanceof OmegaError && error.code === 'UNAVAILABLE') return withoutIndex;
      throw error;
    }
  }
}

/** No search by meaning: words alone decide. */
const withoutIndex: MemoryIndex = {
  dimensions: embeddingDimensions,
  nearest: async () => null,
  among: () => [],
  keysAfter: () => [],
  changed: () => undefined,
  forget: () => undefined,
  units: () => new Map(),
  settle: async () => undefined,
};
