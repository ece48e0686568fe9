import { cancelled } from '#main/core/abort.ts';
import { OmegaError } from '#shared/error.ts';
import type { BatchClock } from './batch-clock.ts';

/**
 * What `work` comes to, unless `ms` pass first (`TIMEOUT`, and `controller` is aborted) or
 * `controller` is aborted (`CANCELLED`). Work that does not heed the signal goes on unheard.
 */
export async function withinDeadline<T>(
  work: Promise<T>,
  ms: number,
  controller: AbortController,
  clock: BatchClock,
): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const stop = clock.after(ms, () => {
    const message = `A batch took longer than ${ms} ms and was given up. Try again with shorter items.`;
    const error = new OmegaError('TIMEOUT', message, { retryable: true });
    reject(error);
    controller.abort(error);
  });
  const onAbort = (): void => reject(cancelled(controller.signal));
  controller.signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, late]);
  } finally {
    stop();
    controller.signal.removeEventListener('abort', onAbort);
  }
}
