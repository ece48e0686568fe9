import { z } from 'zod';
import type { OperationMetrics, RuntimeMetrics } from './runtime.ts';

/** Figures of one process. */
export type ProcessMetrics = {
  readonly residentBytes: number;
  readonly heapBytes: number;
  readonly uptimeSeconds: number;
  /** How late 99 % of the turns of the event loop were at most, in ms. */
  readonly eventLoopDelayP99Ms: number;
  /** What garbage collection took, in ms. */
  readonly collectionMs: number;
};

/** Everything that one process counted since it started. */
export type MetricsSnapshot = {
  readonly runtime: RuntimeMetrics;
  /** Calls through the doors, by route. */
  readonly routes: Readonly<Record<string, OperationMetrics>>;
  readonly process: ProcessMetrics;
  /** The whole registry as Prometheus' text format, version 0.0.4. */
  readonly prometheus: string;
};

const times = z.object({
  calls: z.int(),
  failures: z.int(),
  averageMs: z.number().nullable(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
});

/** A {@link MetricsSnapshot} that came from the store, where another version may have put it. */
export const metricsSnapshotSchema: z.ZodType<MetricsSnapshot> = z.object({
  runtime: z.object({
    memoryStores: z.int(),
    memoryQueries: z.int(),
    loopCycles: z.int(),
    vectorSearches: z.int(),
    avgQueryLatencyMs: z.number().nullable(),
    avgCycleTimeMs: z.number().nullable(),
    operations: z.record(z.string(), times),
  }),
  routes: z.record(z.string(), times),
  process: z.object({
    residentBytes: z.number(),
    heapBytes: z.number(),
    uptimeSeconds: z.number(),
    eventLoopDelayP99Ms: z.number(),
    collectionMs: z.number(),
  }),
  prometheus: z.string(),
});

/** What a running app last told of itself; `at` in ms since 1970. */
export type InstanceMetrics = MetricsSnapshot & {
  readonly instance: string;
  readonly door: string;
  readonly pid: number;
  readonly at: number;
};

/** Figures of the process that answers, and of the apps that run on the same data folder. */
export type MetricsView = MetricsSnapshot & {
  /** The app that told of itself last comes first; commands are not among them. */
  readonly instances: readonly InstanceMetrics[];
};
