import { throwIfCancelled } from '#main/core/abort.ts';
import { withinTime } from '#main/core/lifecycle/within-time.ts';

/** How {@link runAsync} calls. */
export type RunAsyncOptions = {
  /** Longest that it may take, in ms; without it there is no limit. */
  readonly timeoutMs?: number;
  /** Cancels it. */
  readonly signal?: AbortSignal;
  /** What it is, for the message of a time-out. */
  readonly what?: string;
};

/**
 * Calls an asynchronous function with a signal that aborts when the call is cancelled or its time is
 * up. Rejects with `CANCELLED` where it was cancelled before it began, and with a retryable `TIMEOUT`
 * when the time is up, whether or not the function heeds its signal. A cancelled function is waited
 * for until then, so that nothing goes on behind the caller's back: what it answers or throws counts.
 */
export async function runAsync<T>(
  fn: (signal: AbortSignal) => Promise<T> | T,
  { timeoutMs, signal, what = 'The call' }: RunAsyncOptions = {},
): Promise<T> {
  throwIfCancelled(signal);
  if (timeoutMs === undefined) return fn(signal ?? new AbortController().signal);
  return withinTime(what, timeoutMs, (own) => fn(signal ? AbortSignal.any([signal, own]) : own));
}
