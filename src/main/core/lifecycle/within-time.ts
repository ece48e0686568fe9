import { OmegaError } from '#shared/error.ts';

/**
 * Does a task that must end within its time (ms): its signal is aborted then, and the wait ends with
 * a retryable `TIMEOUT` whether or not the task heeds it.
 */
export async function withinTime<T>(
  what: string,
  ms: number,
  task: (signal: AbortSignal) => Promise<T> | T,
): Promise<T> {
  const controller = new AbortController();
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const message = `${what} took longer than ${ms} ms; try again.`;
    const error = new OmegaError('TIMEOUT', message, { retryable: true });
    controller.abort(error);
    reject(error);
  }, ms);
  try {
    return await Promise.race([Promise.resolve(task(controller.signal)), promise]);
  } finally {
    clearTimeout(timer);
  }
}
