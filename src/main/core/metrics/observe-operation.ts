import { type ErrorCode, OmegaError } from '#shared/error.ts';
import type { Logger } from '../logger.ts';
import type { OperationRecorder } from './operation-recorder.ts';

/** Errors that say something about the call, not about the runtime. */
const callersFault: ReadonlySet<ErrorCode> = new Set([
  'INVALID_INPUT',
  'NOT_FOUND',
  'CONFLICT',
  'REFUSED',
  'CANCELLED',
  'UNAUTHORIZED',
]);

/**
 * Does an operation, counts it with its time, and logs a failure of it: a warning, or at debug where
 * the caller is to blame. Throws what the operation throws.
 */
export async function observeOperation<T>(
  { recorder, logger }: { readonly recorder: OperationRecorder; readonly logger: Logger },
  operation: string,
  work: () => Promise<T>,
): Promise<T> {
  const began = performance.now();
  try {
    const answer = await work();
    recorder.record(operation, performance.now() - began, false);
    return answer;
  } catch (error) {
    const took = performance.now() - began;
    recorder.record(operation, took, true);
    const code = error instanceof OmegaError ? error.code : 'INTERNAL';
    const said = error instanceof Error ? error.message : String(error);
    const fields = { operation, ms: Math.round(took * 100) / 100, outcome: code };
    logger[callersFault.has(code) ? 'debug' : 'warn'](fields, `${operation} failed: ${said}`);
    throw error;
  }
}
