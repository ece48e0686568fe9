import { Histogram } from 'prom-client';
import type { Metrics } from '#main/core/metrics/metrics.ts';
import type { LoopCycle } from '#shared/loops.ts';

/** From an answer of the cache to hours of evolution, in seconds. */
const buckets = [0.001, 0.01, 0.1, 1, 10, 60, 600, 3_600];

/** Counts cycles: `omega_loop_cycle_seconds{loop,outcome}`, the outcome as the cycle's state. */
export function countCycles(metrics: Metrics): (cycle: LoopCycle) => void {
  const seconds = new Histogram({
    name: 'omega_loop_cycle_seconds',
    help: 'Cycles of the loops, in seconds, by loop and how they ended.',
    labelNames: ['loop', 'outcome'],
    buckets,
    registers: [metrics],
  });
  return ({ loop, state, durationMs }) =>
    seconds.observe({ loop, outcome: state }, (durationMs ?? 0) / 1_000);
}
