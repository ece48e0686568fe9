import { DeviceEngine } from './device-engine.ts';
import { ExactEngine } from './exact-engine.ts';
import { FaissEngine } from './faiss-engine.ts';
import { UsearchEngine } from './usearch-engine.ts';
import type { EngineChoice, VectorEngine } from './vector-engine.ts';

/**
 * Makes an empty engine. Throws `UNAVAILABLE`, with the reason, where its native part is missing.
 * @param threads used while it is built
 */
export function openEngine(
  choice: EngineChoice,
  dimensions: number,
  threads: number,
): VectorEngine {
  switch (choice.engine) {
    case 'exact':
      return choice.device === undefined
        ? new ExactEngine(dimensions)
        : new DeviceEngine(choice.device, dimensions);
    case 'usearch':
      return new UsearchEngine(dimensions, choice.quantisation, threads, choice);
    case 'faiss-hnsw':
      return new FaissEngine(choice.engine, dimensions, choice);
    default:
      return new FaissEngine(choice.engine, dimensions, {
        ef: choice.engine === 'faiss-ivf' ? choice.probes : undefined,
      });
  }
}
