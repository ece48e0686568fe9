import { z } from 'zod';
import { type LogLevel, logLevels } from '#shared/settings/log-settings.ts';
import { traceIdSchema } from '#shared/trace.ts';

/** Longest message of a child, and longest line of its standard error that is kept. */
export const maxMessage = 2_000;

const fieldSchema = z.union([z.string().max(200), z.number(), z.boolean(), z.null()]);

/** A line that a child process wants in the app's log. */
export const childLineSchema = z.object({
  type: z.literal('log'),
  level: z.enum(logLevels),
  message: z.string().max(maxMessage),
  /** The call that it worked for. */
  trace: traceIdSchema.nullable(),
  fields: z.record(z.string().max(64), fieldSchema),
});
/** See {@link childLineSchema}. */
export type ChildLine = z.infer<typeof childLineSchema>;
/** What a {@link ChildLine} says beside its message. */
export type ChildFields = ChildLine['fields'];

/** Tells a child the least that is written, so that it does not send what nobody keeps. */
export const logLevelSchema = z.object({ type: z.literal('log-level'), level: z.enum(logLevels) });

/** Whether a level is written where `least` is set. */
export function isWritten(level: LogLevel, least: LogLevel): boolean {
  return logLevels.indexOf(level) >= logLevels.indexOf(least);
}

/** Sends a line to the parent's log. */
export type LogToParent = (level: LogLevel, message: string, fields?: ChildFields) => void;

/** Does work and logs how long it took (debug) or how it failed (info: its caller decides what is bad). */
export async function logged<T>(
  log: LogToParent,
  what: string,
  fields: ChildFields,
  work: () => Promise<T>,
): Promise<T> {
  const began = performance.now();
  const ms = (): number => Math.round((performance.now() - began) * 100) / 100;
  try {
    const answer = await work();
    log('debug', `${what} done`, { ...fields, ms: ms() });
    return answer;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    log('info', `${what} failed: ${said}`, { ...fields, ms: ms() });
    throw error;
  }
}
