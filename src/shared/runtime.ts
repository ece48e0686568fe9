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

/** How a subsystem is; `unknown` until it was tried. */
export const healthStatuses = ['healthy', 'degraded', 'unhealthy', 'unknown'] as const;
/** One of {@link healthStatuses}. */
export type HealthStatus = (typeof healthStatuses)[number];

/** One trial of a subsystem. */
export type HealthCheck = {
  /** When, in ms since 1970, and how long it took, in ms. */
  readonly at: number;
  readonly ms: number;
  /** What was wrong, or null. */
  readonly error: string | null;
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

/** The runtime's state with that of every subsystem. */
export type RuntimeHealth = {
  readonly state: RuntimeState;
  readonly uptimeSeconds: number;
  readonly subsystems: readonly SubsystemHealth[];
};

/** What stopping the runtime came to, by subsystem, in the order in which they stopped. */
export type StopReport = readonly {
  readonly name: string;
  readonly outcome: 'stopped' | 'timed-out' | 'failed';
  readonly ms: number;
  readonly error: string | null;
}[];
