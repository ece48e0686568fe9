import { cancelled, throwIfCancelled } from '#main/core/abort.ts';
import { untilAborted } from '#main/core/until-aborted.ts';
import { OmegaError } from '#shared/error.ts';
import type { ModelAnswer, ModelRequest, Provider } from '../provider.ts';

/**
 * Asks a provider once, within a time in ms; one that does not end with its signal is not waited for,
 * and text that comes after the end is not passed on. Throws what the provider throws, `TIMEOUT` and
 * `CANCELLED`.
 */
export async function attempt(
  provider: Provider,
  request: ModelRequest,
  timeoutMs: number,
  signal: AbortSignal,
  onText: ((piece: string) => void) | undefined,
): Promise<ModelAnswer> {
  throwIfCancelled(signal);
  const ending = new AbortController();
  let isOver = false;
  const end = (): void => ending.abort(signal.reason);
  signal.addEventListener('abort', end, { once: true });
  const timer = setTimeout(() => ending.abort(timedOut), timeoutMs);
  try {
    const pass = (piece: string): void => {
      if (!isOver) onText?.(piece);
    };
    const heard = onText ? { onText: pass } : {};
    const answer = provider.call(request, { signal: ending.signal, ...heard });
    return await untilAborted(answer, ending.signal);
  } catch (error) {
    if (signal.aborted) throw cancelled(signal);
    if (ending.signal.reason !== timedOut) throw error;
    const message = `${provider.id} did not answer within ${timeoutMs / 1000} s; try again, ask for less, or raise async.timeoutSecs.`;
    throw new OmegaError('TIMEOUT', message, { cause: error, retryable: true });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    isOver = true;
  }
}

/** Tells the end by time from that by the caller. */
const timedOut = Symbol('timed out');
