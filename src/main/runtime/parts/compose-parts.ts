import type { Clock } from '#main/core/clock.ts';
import type { DegradationBoard } from '#main/core/degradation/degradation-board.ts';
import type { Subsystem } from '#main/core/lifecycle/subsystem.ts';
import { cycleOperation } from '#main/core/metrics/runtime-metrics.ts';
import type { RuntimeEvent } from '#shared/events.ts';
import type { RuntimeOptions } from '../runtime-options.ts';
import { AgentDbPart } from './agentdb-part.ts';
import { EmbeddingsPart } from './embeddings-part.ts';
import { LoopsPart } from './loops-part.ts';
import { meaningOf } from './meaning.ts';
import { MemoryPart } from './memory-part.ts';
import { MetaSonaPart } from './meta-sona-part.ts';
import { StoragePart } from './storage-part.ts';
import { VectorsPart } from './vectors-part.ts';

/** The parts of a runtime by name, and all of them; those of acceleration are null without it. */
export type Parts = {
  readonly storage: StoragePart;
  readonly embeddings: EmbeddingsPart | null;
  readonly vectors: VectorsPart | null;
  readonly memory: MemoryPart;
  readonly agentdb: AgentDbPart;
  readonly metaSona: MetaSonaPart;
  readonly loops: LoopsPart;
  readonly all: readonly Subsystem[];
};

/** Makes the parts of a runtime; nothing is opened yet. */
export function composeParts(
  options: RuntimeOptions,
  clock: Clock,
  board: DegradationBoard,
  emit: (event: RuntimeEvent) => void,
  record: (operation: string, ms: number, failed: boolean) => void,
): Parts {
  const storage = new StoragePart(options.dataFolder, clock, board);
  const embeddings = options.acceleration ? new EmbeddingsPart(options, storage, board) : null;
  const vectors = embeddings ? new VectorsPart(embeddings, board) : null;
  const below = [storage, embeddings, vectors].filter((part) => part !== null);
  const upper = {
    ...{ storage, clock, board, emit, config: options.config },
    meaning: meaningOf(embeddings),
    needs: below.map(({ name }) => name),
  };
  const memory = new MemoryPart(upper);
  const agentdb = new AgentDbPart(upper);
  const metaSona = new MetaSonaPart({ runtime: options, storage, embeddings, clock, emit });
  const loops = new LoopsPart({
    ...{ storage, memory, clock, emit, config: options.config },
    byThemselves: options.loopsByThemselves ?? true,
    record: (ms, failed) => record(cycleOperation, ms, failed),
  });
  const all = [...below, memory, agentdb, metaSona, loops];
  return { storage, embeddings, vectors, memory, agentdb, metaSona, loops, all };
}
