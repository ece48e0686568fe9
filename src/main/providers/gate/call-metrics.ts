import { Counter } from 'prom-client';
import type { Metrics } from '#main/core/metrics/metrics.ts';
import { OperationRecorder } from '#main/core/metrics/operation-recorder.ts';
import type { ModelProvider, TokenUsage } from '#shared/providers.ts';

/**
 * Calls to models in the app's registry: `omega_model_call_seconds` and its quantiles by provider,
 * `omega_model_tokens_total`, `omega_model_cost_dollars_total`, `omega_model_retries_total`,
 * `omega_model_rate_limited_total` and `omega_model_cache_total` by result.
 */
export class CallMetrics {
  readonly #calls: OperationRecorder;
  readonly #tokens: Counter<'provider' | 'direction'>;
  readonly #cost: Counter<'provider'>;
  readonly #retries: Counter<'provider'>;
  readonly #rateLimited: Counter<'provider'>;
  readonly #cache: Counter<'result'>;

  constructor(metrics: Metrics) {
    const registers = [metrics];
    const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
      new Counter<L>({
        name: `omega_model_${name}_total`,
        help,
        labelNames: [...labelNames],
        registers,
      });
    this.#calls = new OperationRecorder(metrics, {
      noun: 'model_call',
      help: 'Requests to providers of models, in seconds.',
    });
    this.#tokens = counter('tokens', 'Tokens of answers, as providers count them.', [
      'provider',
      'direction',
    ]);
    this.#cost = counter('cost_dollars', 'Cost of answers whose price is known.', ['provider']);
    this.#retries = counter('retries', 'Requests that were made again.', ['provider']);
    this.#rateLimited = counter('rate_limited', 'Answers of 429 or its like.', ['provider']);
    this.#cache = counter('cache', 'Requests that were looked up in the cache.', ['result']);
  }

  request(provider: ModelProvider, ms: number, failed: boolean): void {
    this.#calls.record(provider, ms, failed);
  }

  used(provider: ModelProvider, usage: TokenUsage, costUsd: number | null): void {
    this.#tokens.inc({ provider, direction: 'in' }, usage.inputTokens ?? 0);
    this.#tokens.inc({ provider, direction: 'out' }, usage.outputTokens ?? 0);
    this.#cost.inc({ provider }, costUsd ?? 0);
  }

  retried(provider: ModelProvider): void {
    this.#retries.inc({ provider });
  }

  rateLimited(provider: ModelProvider): void {
    this.#rateLimited.inc({ provider });
  }

  lookedUp(result: 'hit' | 'miss'): void {
    this.#cache.inc({ result });
  }
}
