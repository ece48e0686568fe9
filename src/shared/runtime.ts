import type { HealthStatus } from './health.ts';

/** States of the runtime, in the order in which it goes through them. */
export const runtimeStates = [
  'created',
  'starting',
  'running',
  'degraded',
  'stopping',
  'stopped',
  'error',
] as const;
/** One of {@link runtimeStates}. */
export type RuntimeState = (typeof runtimeStates)[number];

/** One trial of a subsystem. */
export type HealthCheck = {
  /** When, in ms since 1970, and how long it took, in ms. */
  readonly at: number;
  readonly ms: number;
  /** What was wrong, or null. */
  readonly error: string | null;
  /** What it has to do without although it works, or null. */
  readonly lacking: string | null;
};

/** What is known of a subsystem's health. */
export type SubsystemHealth = {
  readonly name: string;
  readonly status: HealthStatus;
  /** Why it is not healthy; null where it is. */
  readonly reason: string | null;
  readonly lastCheck: HealthCheck | null;
  /** Trials that failed since it started. */
  readonly errorCount: number;
  readonly uptimeSeconds: number;
  /** The latest trials, oldest first. */
  readonly history: readonly HealthCheck[];
};

/** What a part does without for the time being. */
export type DegradationLevel =
  /** Nothing is written; what is there can be read. */
  | 'read-only'
  /** Texts are found by their words, not by their meaning. */
  | 'text-only'
  /** Vectors are compared one by one: exact, and slow. */
  | 'exact-scan'
  /** Caches are kept empty. */
  | 'low-memory'
  /** More calls wait than the settings allow. */
  | 'overloaded';

/** A part that is degraded, since when (ms since 1970), and why. */
export type Degradation = {
  readonly subsystem: string;
  readonly level: DegradationLevel;
  readonly reason: string;
  readonly since: number;
};

/** What the app takes of the machine, as it was measured last. */
export type ResourceUse = {
  readonly rssMb: number;
  /** Share of the script heap's limit, 0 to 1. */
  readonly heapShare: number;
  /** Of the disk that holds the data folder; null where the system does not say. */
  readonly freeDiskMb: number | null;
  readonly waitingCalls: number;
};

/** The runtime's state with that of every subsystem. */
export type RuntimeHealth = {
  readonly state: RuntimeState;
  readonly uptimeSeconds: number;
  readonly subsystems: readonly SubsystemHealth[];
  readonly degradations: readonly Degradation[];
  readonly resources: ResourceUse;
};

/** What stopping the runtime came to, by subsystem, in the order in which they stopped. */
export type StopReport = readonly {
  readonly name: string;
  readonly outcome: 'stopped' | 'timed-out' | 'failed';
  readonly ms: number;
  readonly error: string | null;
}[];

/** Figures of one operation of the api since the start. Times in ms; null before the first call. */
export type OperationMetrics = {
  readonly calls: number;
  readonly failures: number;
  readonly averageMs: number | null;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
};

/** What the runtime counted since it started. Times in ms; null before the first of a kind. */
export type RuntimeMetrics = {
  readonly memoryStores: number;
  readonly memoryQueries: number;
  readonly loopCycles: number;
  readonly vectorSearches: number;
  readonly avgQueryLatencyMs: number | null;
  readonly avgCycleTimeMs: number | null;
  /** By the name of the api's method. */
  readonly operations: Readonly<Record<string, OperationMetrics>>;
};
