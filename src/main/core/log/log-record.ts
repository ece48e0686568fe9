import { z } from 'zod';
import type { LogLevel } from '#shared/settings/log-settings.ts';

/** Pino's numbers of the levels. */
const numbers: Readonly<Record<LogLevel, number>> = { debug: 20, info: 30, warn: 40, error: 50 };

const lineSchema = z.looseObject({
  level: z.number(),
  /** Ms since 1970. */
  time: z.number(),
  pid: z.number().optional(),
  door: z.string().optional(),
  trace: z.string().optional(),
  msg: z.string().default(''),
});

/** A line of the log as it was written; fields of its own beside those that every line has. */
export type LogRecord = z.infer<typeof lineSchema>;

/** What is wanted of a log: a least level, and the trace whose id begins so; null for any. */
export type LogFilter = { readonly level: LogLevel | null; readonly trace: string | null };

/** Reads a line; null where it is none of ours, as after a disk that was full. */
export function parseLogLine(line: string): LogRecord | null {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

/** Whether a record is wanted. */
export function isWanted(record: LogRecord, { level, trace }: LogFilter): boolean {
  if (level !== null && record.level < numbers[level]) return false;
  return trace === null || (record.trace?.startsWith(trace) ?? false);
}

/** The name of a record's level. */
export function levelName({ level }: LogRecord): LogLevel {
  const names = Object.keys(numbers) as LogLevel[];
  return names.findLast((name) => level >= numbers[name]) ?? 'debug';
}
