import {
  type CircuitBreakerPolicy,
  CircuitState,
  circuitBreaker,
  handleWhen,
  isBrokenCircuitError,
} from 'cockatiel';
import type { AsyncResource } from '#main/core/disposable.ts';
import type { Live } from '#main/core/live.ts';
import type { BreakerState } from '#main/core/resilience/guard.ts';
import type { GuardPolicy } from '#main/core/resilience/guard-policy.ts';
import { RollingBreaker } from '#main/core/resilience/rolling-breaker.ts';
import { untilAborted } from '#main/core/until-aborted.ts';
import type { ModelProvider } from '#shared/providers.ts';
import { isProviderFault, leftAlone } from './call-faults.ts';

/** Cockatiel refuses a share of 1; above this only a failure of all tries opens again. */
const mostFailed = 0.99;

/**
 * The breaker of one provider, over whole calls: with 30 % of requests failing by chance a call
 * hardly ever does, and a provider that is gone fails each. `Guard` has its breaker inside the
 * retries, where such chance opens it, and its limit of calls at once outside of them, where a wait
 * before a retry keeps a place that another call could use; so the gate puts the same parts
 * together in another order.
 */
export class ProviderBreaker implements AsyncResource {
  readonly #provider: ModelProvider;
  readonly #policy: Live<GuardPolicy['breaker']>;
  readonly #onState: (state: BreakerState) => void;
  readonly #stop: () => void;
  #breaker: CircuitBreakerPolicy;

  constructor(
    provider: ModelProvider,
    policy: Live<GuardPolicy['breaker']>,
    onState: (state: BreakerState) => void,
  ) {
    this.#provider = provider;
    this.#policy = policy;
    this.#onState = onState;
    this.#breaker = this.#make(policy.current);
    this.#stop = policy.listen((next) => {
      const wasClosed = this.state === 'closed';
      this.#breaker = this.#make(next);
      if (!wasClosed) onState('closed');
    });
  }

  get state(): BreakerState {
    return stateOf(this.#breaker.state);
  }

  /** Makes a whole call. Throws what it throws, and `CIRCUIT_OPEN`. */
  async run<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
    try {
      // Who waits for a trial of others to end leaves when cancelled.
      return await untilAborted(this.#breaker.execute(call, signal), signal);
    } catch (error) {
      throw isBrokenCircuitError(error) ? this.refusal() : error;
    }
  }

  /** The error of a call that is not made because the breaker is open. */
  refusal(): Error {
    return leftAlone(this.#provider, 'failed repeatedly', this.#policy.current.restMs);
  }

  dispose(): void {
    this.#stop();
  }

  #make(policy: GuardPolicy['breaker']): CircuitBreakerPolicy {
    const breaker = circuitBreaker(handleWhen(isProviderFault), {
      halfOpenAfter: policy.restMs,
      breaker: new RollingBreaker(policy),
      halfOpenSampling: {
        calls: policy.halfOpenCalls,
        threshold: Math.min(policy.failureShare, mostFailed),
      },
    });
    breaker.onStateChange((state) => {
      // One that was replaced has nothing to say any more.
      if (breaker === this.#breaker) this.#onState(stateOf(state));
    });
    return breaker;
  }
}

function stateOf(state: CircuitState): BreakerState {
  if (state === CircuitState.Closed) return 'closed';
  return state === CircuitState.HalfOpen ? 'half-open' : 'open';
}
