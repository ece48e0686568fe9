import type { LanguageModelV4FinishReason, LanguageModelV4Usage } from '@ai-sdk/provider';
import type { TokenUsage } from '#shared/providers.ts';
import type { FinishReason } from './provider.ts';

/** Why a model stopped, of the SDK's names; null where it did not stop by itself but was cut off. */
export function finishOf({ unified }: LanguageModelV4FinishReason): FinishReason | null {
  if (unified === 'stop' || unified === 'length') return unified;
  if (unified === 'content-filter') return 'filter';
  return unified === 'interrupted' || unified === 'error' ? null : 'other';
}

/** The tokens of an answer; what a provider does not tell, or tells as no number, is null. */
export function usageOf(usage: LanguageModelV4Usage | undefined): TokenUsage {
  return {
    inputTokens: count(usage?.inputTokens?.total),
    outputTokens: count(usage?.outputTokens?.total),
  };
}

function count(tokens: number | undefined): number | null {
  return Number.isSafeInteger(tokens) && Number(tokens) >= 0 ? Number(tokens) : null;
}
