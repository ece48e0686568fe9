/** What a trial came to: it works, works with less than it has, or was not needed yet. */
export type CheckResult =
  | { readonly status: 'healthy' }
  | { readonly status: 'degraded' | 'idle'; readonly reason: string };

/** A trial that found nothing wrong. */
export const healthy: CheckResult = { status: 'healthy' };

/** A part of the runtime that is started, tried and stopped by it. */
export interface Subsystem {
  readonly name: string;
  /** Names of those that must run before this starts and until it has stopped. */
  readonly needs: readonly string[];
  /** Opens what it holds; may be called again after `stop`. The signal ends with its time. */
  start(signal: AbortSignal): Promise<void> | void;
  /** Drains what is under way, flushes, and lets go of what it holds. */
  stop(signal: AbortSignal): Promise<void> | void;
  /**
   * Does the smallest piece of its real work; throws what is wrong. `wake` is false where a part
   * that nothing needed yet should rather stay asleep than be opened for the trial.
   */
  check(signal: AbortSignal, wake: boolean): Promise<CheckResult> | CheckResult;
  /** Whether it may be stopped and started while the others go on; those that need it are too. */
  readonly restartable: boolean;
}
