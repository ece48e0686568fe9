import { z } from 'zod';

/** Levels of the log, from the most to the least that is written. */
export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
/** One of {@link logLevels}. */
export type LogLevel = (typeof logLevels)[number];

/** What the log keeps. */
export const logSettings = z.object({
  level: z
    .enum(logLevels)
    .default('info')
    .describe('The least that is written into the log; debug also writes each call.'),
  maxMb: z
    .number()
    .min(0.01)
    .max(1000)
    .default(5)
    .describe('Size at which a new log is begun, in MB.'),
  keep: z.int().min(1).max(100).default(3).describe('Older logs that are kept.'),
});

/** See {@link logSettings}. */
export type LogSettings = z.infer<typeof logSettings>;
