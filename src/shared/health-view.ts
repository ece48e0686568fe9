import { z } from 'zod';
import { type RuntimeHealth, runtimeStates } from './runtime.ts';

const check = z.object({
  at: z.number(),
  ms: z.number(),
  error: z.string().nullable(),
  lacking: z.string().nullable(),
});

/** A {@link RuntimeHealth} that came from the store, where another version may have put it. */
export const runtimeHealthSchema: z.ZodType<RuntimeHealth> = z.object({
  state: z.enum(runtimeStates),
  uptimeSeconds: z.number(),
  subsystems: z.array(
    z.object({
      name: z.string(),
      status: z.enum(['healthy', 'degraded', 'unhealthy', 'unknown']),
      reason: z.string().nullable(),
      lastCheck: check.nullable(),
      errorCount: z.number(),
      uptimeSeconds: z.number(),
      history: z.array(check),
    }),
  ),
  degradations: z.array(
    z.object({
      subsystem: z.string(),
      level: z.enum(['read-only', 'text-only', 'exact-scan', 'low-memory', 'overloaded']),
      reason: z.string(),
      since: z.number(),
    }),
  ),
  resources: z.object({
    rssMb: z.number(),
    heapShare: z.number(),
    freeDiskMb: z.number().nullable(),
    waitingCalls: z.number(),
  }),
});

/** How a running app was when it told of itself last; `at` in ms since 1970. */
export type InstanceHealth = RuntimeHealth & {
  readonly instance: string;
  readonly door: string;
  readonly pid: number;
  readonly at: number;
};

/** How the process that answers is, and the apps that run on the same data folder. */
export type HealthView = RuntimeHealth & {
  /** The app that told of itself last comes first; commands are not among them. */
  readonly instances: readonly InstanceHealth[];
};
