/** How a part of the app is; `unknown` until it was tried or used. */
export type HealthStatus = 'healthy' | 'degraded' | 'unhealthy' | 'unknown';

/** The state of a part of the app. */
export type Health = {
  /** As a user reads it: "embeddings". */
  readonly part: string;
  readonly status: HealthStatus;
  /** Why it is not healthy, and what that means; null where it is. */
  readonly reason: string | null;
};
