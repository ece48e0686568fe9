import type { VectorIndex } from '#main/acceleration/vectors/vector-index.ts';
import type { Live } from '#main/core/live.ts';
import type { EnginePort } from '#main/loops/transformative/transformative-ports.ts';
import type { MetaSona } from '#main/meta-sona/meta-sona.ts';
import type { Config } from '#shared/config.ts';
import { usualCapability } from '#shared/intelligence.ts';

/** What the engine of vector search is measured and set with. */
export type EngineSources = {
  readonly config: Live<Config>;
  readonly sona: () => MetaSona;
  /** What runs now; null where nothing does. */
  readonly vectors: () => VectorIndex | null;
  /** What a search may take. */
  readonly budget: () => { readonly evaluations: number; readonly seconds: number };
};

/** The engine of vector search as the transformative loop sees it: Meta-SONA over the index that runs. */
export function enginePort({ config, sona, vectors, budget }: EngineSources): EnginePort {
  return {
    now: () => {
      const largest = vectors()?.largest();
      if (!largest) return null;
      const setting = config.current.acceleration.vectorEngine;
      const setBy = sona()
        .applications.inForce('vector-search')
        .find(({ applied }) =>
          applied?.moves.some(
            (move) => move.setting === 'acceleration.vectorEngine' && move.after === setting,
          ),
        );
      const { name, size, record } = largest;
      return { name, size, chosenAt: record.size, setting, setBy: setBy?.id ?? null };
    },
    tune: (name, seed, signal) =>
      sona().createIntelligence(
        {
          ...{ name: name.slice(0, 100), domain: 'vector-search', seed },
          minCapability: usualCapability['vector-search'],
          budget: budget(),
        },
        signal,
      ),
    ...applying(sona),
  };
}

/** Puts intelligences in force, and back, by their ids. */
export function applying(sona: () => MetaSona): Pick<EnginePort, 'apply' | 'rollBack'> {
  const found = (id: string) => sona().show(id).intelligence;
  return {
    apply: (id) => sona().applications.apply(found(id)),
    rollBack: (id, reason) => sona().applications.rollback(found(id), reason),
  };
}
