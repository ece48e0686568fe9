import type { Consequence } from '#main/core/degradation/degradation-board.ts';
import type { DegradationLevel } from '#shared/runtime.ts';

function means(of: string, level: DegradationLevel, ...subsystems: string[]): Consequence[] {
  return subsystems.map((subsystem) => ({ of, level, means: { subsystem, level } }));
}

/** What it means for the parts of the runtime that stand on others when those are degraded. */
export const consequences: readonly Consequence[] = [
  ...means('storage', 'read-only', 'memory', 'agentdb', 'loops', 'meta-sona'),
  ...means('machine', 'read-only', 'memory', 'agentdb', 'loops', 'meta-sona'),
  ...means('embeddings', 'text-only', 'memory', 'agentdb'),
  ...means('vectors', 'exact-scan', 'memory', 'agentdb'),
];
