import {
  type BulkheadPolicy,
  bulkhead,
  type CircuitBreakerPolicy,
  CircuitState,
  circuitBreaker,
  handleWhen,
  type IPolicy,
  isBrokenCircuitError,
  isBulkheadRejectedError,
  isTaskCancelledError,
  retry,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel';
import { cancelled, throwIfCancelled } from '#main/core/abort.ts';
import { untilAborted } from '#main/core/until-aborted.ts';
import { type ErrorCode, OmegaError } from '#shared/error.ts';
import type { GuardPolicy } from './guard-policy.ts';
import { retryBackoff } from './retry-backoff.ts';
import { RetryBudget } from './retry-budget.ts';
import { RollingBreaker } from './rolling-breaker.ts';

/** A breaker's state, as it is shown. */
export type BreakerState = 'closed' | 'open' | 'half-open';

/** What a guard tells as it happens. */
export type GuardEvents = {
  /** Told of each error of an attempt; what it gives back is judged and thrown in its place. */
  readonly onError?: (error: unknown) => unknown;
  readonly onBreaker?: (state: BreakerState) => void;
  readonly onRetry?: (error: unknown, delayMs: number) => void;
};

/** Errors that say something about the call, not about the side that was called. */
const callersFault: ReadonlySet<ErrorCode> = new Set([
  'INVALID_INPUT',
  'NOT_FOUND',
  'CONFLICT',
  'REFUSED',
  'CANCELLED',
  'UNAUTHORIZED',
  'NOT_AVAILABLE',
  'CAPABILITY_NOT_REACHED',
]);

/** Cockatiel refuses a share of 1; above this only a failure of all tries opens again. */
const mostFailed = 0.99;

const passing: ReadonlySet<ErrorCode> = new Set(['CIRCUIT_OPEN', 'CANCELLED']);

const names: Readonly<Record<CircuitState, BreakerState>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Isolated]: 'open',
};

/**
 * Every call to something that can fail goes through one: a bound on calls at once, retries within
 * a budget, a breaker over the share of failures, and a time-out of each attempt (cockatiel's
 * policies in that order, outermost first).
 */
export class Guard {
  readonly #name: string;
  readonly #policy: GuardPolicy;
  readonly #bulkhead: BulkheadPolicy;
  readonly #breaker: CircuitBreakerPolicy;
  readonly #budget: RetryBudget;
  readonly #policies: IPolicy;
  readonly #onError: (error: unknown) => unknown;

  /** `name` is what is guarded, for messages: `The memory …`. */
  constructor(name: string, policy: GuardPolicy, events: GuardEvents = {}) {
    this.#name = name;
    this.#policy = policy;
    this.#onError = events.onError ?? ((error) => error);
    this.#budget = new RetryBudget(policy.retry.budgetRatio);
    const { failureShare, restMs, halfOpenCalls } = policy.breaker;
    this.#breaker = circuitBreaker(handleWhen(isFault), {
      halfOpenAfter: restMs,
      breaker: new RollingBreaker(policy.breaker),
      halfOpenSampling: { calls: halfOpenCalls, threshold: Math.min(failureShare, mostFailed) },
    });
    this.#breaker.onStateChange((state) => events.onBreaker?.(names[state]));
    const retries = retry(
      handleWhen((error) => isRetryable(error) && this.#budget.withdraw()),
      { maxAttempts: policy.retry.maxRetries, backoff: retryBackoff(policy.retry) },
    );
    // The failure of a last attempt is judged like the others, and nothing comes after it.
    retries.onGiveUp(() => this.#budget.restore());
    retries.onRetry((reason) =>
      events.onRetry?.('error' in reason ? reason.error : null, reason.delay),
    );
    this.#bulkhead = bulkhead(policy.concurrency, policy.queue);
    const limit = timeout(policy.timeoutMs, {
      strategy: TimeoutStrategy.Cooperative,
      abortOnReturn: false,
    });
    this.#policies = wrap(this.#bulkhead, retries, this.#breaker, limit);
  }

  /** The breaker's state. */
  get breaker(): BreakerState {
    return names[this.#breaker.state];
  }

  /** Calls that are running or waiting. */
  get load(): { readonly running: number; readonly waiting: number } {
    const { concurrency, queue } = this.#policy;
    return {
      running: concurrency - this.#bulkhead.executionSlots,
      waiting: queue - this.#bulkhead.queueSlots,
    };
  }

  /**
   * Makes the call; `task` gets a signal that ends with its time or with `signal`. Throws what the
   * task throws, and `CIRCUIT_OPEN`, `TIMEOUT`, `UNAVAILABLE` (too many wait) or `CANCELLED`. A call
   * without a signal ends with `closing`, when its turn comes.
   */
  async run<T>(
    task: (signal: AbortSignal) => Promise<T> | T,
    signal?: AbortSignal,
    closing?: AbortSignal,
  ): Promise<T> {
    this.#budget.deposit();
    const ends = signal ?? closing;
    try {
      const answer = this.#policies.execute((context) => {
        // A retry whose caller left during the wait before it.
        throwIfCancelled(ends);
        return this.#attempt(task, context.signal, ends);
      }, ends);
      // Neither a place in the queue nor a wait before a retry ends by itself when the caller leaves.
      return await (signal ? untilAborted(answer, signal) : answer);
    } catch (error) {
      throw this.#typed(error);
    }
  }

  async #attempt<T>(
    task: (signal: AbortSignal) => Promise<T> | T,
    own: AbortSignal,
    callers: AbortSignal | undefined,
  ): Promise<T> {
    try {
      return await task(own);
    } catch (thrown) {
      const error = this.#onError(thrown);
      if (callers?.aborted) throw error instanceof OmegaError ? error : cancelled(callers);
      if (!own.aborted) throw error;
      const after = `did not answer within ${this.#policy.timeoutMs} ms`;
      throw new OmegaError('TIMEOUT', `${this.#name} ${after}; try again.`, {
        cause: error,
        retryable: true,
      });
    }
  }

  #typed(error: unknown): unknown {
    if (isBrokenCircuitError(error)) {
      const { restMs } = this.#policy.breaker;
      return new OmegaError(
        'CIRCUIT_OPEN',
        `${this.#name} failed repeatedly and is left alone for up to ${restMs} ms; try again later.`,
        { cause: this.#breaker.lastFailure, retryable: true, details: { retryAfterMs: restMs } },
      );
    }
    if (isBulkheadRejectedError(error)) {
      const message = `Too many calls wait for ${this.#name}; try again in a moment.`;
      return new OmegaError('UNAVAILABLE', message, { cause: error, retryable: true });
    }
    return isTaskCancelledError(error) ? cancelled() : error;
  }
}

function isFault(error: unknown): boolean {
  return !(error instanceof OmegaError && callersFault.has(error.code));
}

function isRetryable(error: unknown): boolean {
  // Cancelled is retryable for a person, who may have changed their mind; never by itself.
  return error instanceof OmegaError && error.retryable && !passing.has(error.code);
}
