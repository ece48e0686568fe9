import { z } from 'zod';

/** How the runtime starts, stops and is used. */
export const runtimeSettings = z.object({
  profile: z
    .enum(['development', 'production'])
    .default('development')
    .describe('In production the app warns of settings that were never looked at.'),
  startTimeoutSecs: z
    .number()
    .min(0.1)
    .max(600)
    .default(30)
    .describe('Longest that one part may take to start.'),
  stopTimeoutSecs: z
    .number()
    .min(0.1)
    .max(600)
    .default(10)
    .describe('Longest that one part may take to finish what it does and stop.'),
  callTimeoutSecs: z
    .number()
    .min(0.01)
    .max(3600)
    .default(30)
    .describe('Longest that one attempt of a call to the runtime may take.'),
});

/** How often the parts of the runtime are tried, and what follows. */
export const healthMonitorSettings = z.object({
  enabled: z.boolean().default(true).describe('Tries the parts of the runtime again and again.'),
  checkIntervalSecs: z
    .number()
    .min(0.05)
    .max(86_400)
    .default(30)
    .describe('How often each part is tried.'),
  checkTimeoutSecs: z
    .number()
    .min(0.05)
    .max(600)
    .default(10)
    .describe('Longest that one trial may take.'),
  failureThreshold: z
    .int()
    .min(1)
    .max(100)
    .default(3)
    .describe('Failures in a row after which a part is unhealthy.'),
  recoveryTimeoutSecs: z
    .number()
    .min(0.05)
    .max(86_400)
    .default(300)
    .describe('After how long an unhealthy part is started again.'),
});

/** How a call that failed is tried again. */
export const retryPolicySettings = z.object({
  maxRetries: z.int().min(0).max(20).default(3).describe('Attempts after the first.'),
  initialDelayMs: z
    .number()
    .min(1)
    .max(60_000)
    .default(100)
    .describe(
      'About how long the first wait before another attempt is, in ms; each one after it is twice as long, and all are jittered.',
    ),
  maxDelayMs: z
    .number()
    .min(1)
    .max(600_000)
    .default(5000)
    .describe('Longest wait before another attempt, in ms.'),
  budgetRatio: z
    .number()
    .min(0)
    .max(1)
    .default(0.1)
    .describe('Retries allowed for each call made, over time: 0.1 is one in ten.'),
});

/** When a part that keeps failing is left alone. */
export const breakerSettings = z.object({
  failureShare: z
    .number()
    .min(0.01)
    .max(1)
    .default(0.5)
    .describe('Share of failed calls that opens the breaker; at 1 all of them.'),
  windowMs: z
    .number()
    .min(100)
    .max(600_000)
    .default(10_000)
    .describe('Time over which the share is taken, in ms.'),
  minimumRps: z
    .number()
    .min(0.01)
    .max(1000)
    .default(0.5)
    .describe('Calls a second below which the share says nothing.'),
  restMs: z
    .number()
    .min(10)
    .max(3_600_000)
    .default(30_000)
    .describe('How long a part is left alone then, in ms.'),
  halfOpenCalls: z
    .int()
    .min(1)
    .max(100)
    .default(3)
    .describe('Calls that are tried when the rest is over.'),
});

/** How much may go on at once. */
export const poolsSettings = z.object({
  calls: z
    .int()
    .min(1)
    .max(10_000)
    .default(256)
    .describe('Calls at once to each part of the runtime.'),
  queue: z
    .int()
    .min(0)
    .max(1_000_000)
    .default(10_000)
    .describe('Calls that may wait for one of those to end.'),
});

/** What the app may take of the machine; 0 is no limit. */
export const resourcesSettings = z.object({
  maxRssMb: z
    .int()
    .min(0)
    .max(1_000_000)
    .default(0)
    .describe('Memory of the main process above which caches are emptied, in MB; 0 is no limit.'),
  maxHeapShare: z
    .number()
    .min(0)
    .max(1)
    .default(0.9)
    .describe('Share of the script heap above which caches are emptied; 0 is no limit.'),
  minFreeDiskMb: z
    .int()
    .min(0)
    .max(1_000_000)
    .default(200)
    .describe('Free space of the data folder below which nothing more is remembered, in MB.'),
  maxWaitingCalls: z
    .int()
    .min(0)
    .max(1_000_000)
    .default(5000)
    .describe('Waiting calls above which the runtime says that it is overloaded; 0 is no limit.'),
});
