import { type Live, livePart } from '#main/core/live.ts';
import { createMetrics } from '#main/core/metrics/metrics.ts';
import type { LoadGate } from '#main/meta-sona/domains/scheduler-domain.ts';
import { CallGate } from '#main/providers/gate/call-gate.ts';
import { CallRecord } from '#main/providers/gate/call-record.ts';
import { RunBudgets } from '#main/providers/gate/run-budgets.ts';
import { type Config, withChange } from '#shared/config.ts';
import type { ModelProvider } from '#shared/providers.ts';
import type { ApiContext } from './context.ts';

/** What such a gate is made from. */
export type LoadGateSources = Pick<ApiContext, 'providers' | 'cache' | 'logger' | 'clock'> & {
  readonly config: Live<Config>;
};

/** A gate of its own, so wide, whose figures are of nobody else's calls, and that keeps no answer. */
export function openLoadGate(
  { config, providers, cache, logger, clock }: LoadGateSources,
  provider: ModelProvider,
  width: number,
): LoadGate {
  const own = livePart(config, (all) => withChange(all, { 'async.concurrency': width }));
  const record = new CallRecord({ metrics: createMetrics(), clock, onFigures: () => undefined });
  const budgets = new RunBudgets(livePart(own, (all) => all.budget));
  const emit = (): void => undefined;
  const gate = new CallGate({ providers, cache, budgets, record, config: own, logger, emit });
  return {
    ask: async (text, signal) => {
      const model = await providers.modelOf(provider, signal);
      const prompt = `Answer with the word ok. (${text})`;
      const wanted = { temperature: 0, maxTokens: 64, images: [], schema: null };
      await gate.call(
        { provider, model, system: '', prompt, ...wanted },
        { signal, cache: 'off', runId: null, project: null, fallbacks: [], priority: -10 },
      );
    },
    figures: () => {
      const { rateLimited, costUsd } = record.figures();
      return { refused: rateLimited, costUsd };
    },
    dispose: async () => {
      await gate.dispose();
      await record.dispose();
    },
  };
}
