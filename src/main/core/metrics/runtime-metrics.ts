import { Counter, Gauge } from 'prom-client';
import type { RuntimeMetrics } from '#shared/runtime.ts';
import type { Metrics } from './metrics.ts';
import type { OperationRecorder } from './operation-recorder.ts';

/** What cycles of loops are counted as, whatever set them going. */
export const cycleOperation = 'loopCycle';

/**
 * The figures of the runtime, from what its api recorded. Counts are of calls that did what they were
 * asked; averages are over all calls, failed ones too, in ms.
 */
export function runtimeMetrics(recorder: OperationRecorder): RuntimeMetrics {
  const done = (operation: string): number => {
    const { calls, failures } = recorder.of(operation);
    return calls - failures;
  };
  return {
    memoryStores: done('storeMemory'),
    memoryQueries: done('queryMemories'),
    loopCycles: done(cycleOperation),
    vectorSearches: done('searchVectors'),
    avgQueryLatencyMs: recorder.of('queryMemories').averageMs,
    avgCycleTimeMs: recorder.of(cycleOperation).averageMs,
    operations: recorder.view(),
  };
}

/**
 * Exports {@link runtimeMetrics} by their own names, `omega_memory_stores_total` and so on, each read
 * when the registry is. An average has no sample before its first call.
 */
export function exportRuntimeMetrics(metrics: Metrics, view: () => RuntimeMetrics): void {
  const registers = [metrics];
  const counter = (name: string, help: string, value: (now: RuntimeMetrics) => number) =>
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(value(view()));
      },
    });
  const average = (name: string, help: string, ms: (now: RuntimeMetrics) => number | null) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        const value = ms(view());
        if (value === null) this.remove();
        else this.set(value / 1000);
      },
    });
  counter('omega_memory_stores_total', 'Memories stored.', (now) => now.memoryStores);
  counter(
    'omega_memory_queries_total',
    'Queries for memories answered.',
    (now) => now.memoryQueries,
  );
  counter('omega_loop_cycles_total', 'Cycles of loops that went well.', (now) => now.loopCycles);
  counter(
    'omega_vector_searches_total',
    'Searches by vector answered.',
    (now) => now.vectorSearches,
  );
  average(
    'omega_avg_query_latency_seconds',
    'Average time of a query for memories.',
    (now) => now.avgQueryLatencyMs,
  );
  average(
    'omega_avg_cycle_time_seconds',
    'Average time of a cycle of a loop.',
    (now) => now.avgCycleTimeMs,
  );
}
