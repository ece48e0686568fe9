/** A part of the runtime that is started, tried and stopped by it. */
export interface Subsystem {
  readonly name: string;
  /** Names of those that must run before this starts and until it has stopped. */
  readonly needs: readonly string[];
  /** Opens what it holds; may be called again after `stop`. The signal ends with its time. */
  start(signal: AbortSignal): Promise<void> | void;
  /** Drains what is under way, flushes, and lets go of what it holds. */
  stop(signal: AbortSignal): Promise<void> | void;
  /** Does the smallest piece of its real work; throws what is wrong. */
  check(signal: AbortSignal): Promise<void> | void;
}
