import type { AsyncResource } from '#main/core/disposable.ts';
import type { Live } from '#main/core/live.ts';
import { type BreakerState, Guard, type GuardEvents } from './guard.ts';
import type { GuardPolicy } from './guard-policy.ts';

/**
 * A guard whose policy may change: calls under way end under the one that they began with, and the
 * breaker begins closed under the new one.
 */
export class LiveGuard implements AsyncResource {
  readonly #stop: () => void;
  #guard: Guard;

  constructor(name: string, policy: Live<GuardPolicy>, events: GuardEvents = {}) {
    this.#guard = new Guard(name, policy.current, events);
    this.#stop = policy.listen((next) => {
      const wasOpen = this.#guard.breaker !== 'closed';
      this.#guard = new Guard(name, next, events);
      if (wasOpen) events.onBreaker?.('closed');
    });
  }

  /** The breaker's state. */
  get breaker(): BreakerState {
    return this.#guard.breaker;
  }

  /** Calls that wait for others to end. */
  get waiting(): number {
    return this.#guard.load.waiting;
  }

  /** See {@link Guard.run}. */
  run<T>(
    task: (signal: AbortSignal) => Promise<T> | T,
    signal?: AbortSignal,
    closing?: AbortSignal,
  ): Promise<T> {
    return this.#guard.run(task, signal, closing);
  }

  dispose(): void {
    this.#stop();
  }
}
