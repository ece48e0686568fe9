import type { PromptPreview } from '#shared/calls.ts';
import type { ParsedInput } from '#shared/contract.ts';
import type { ModelProvider } from '#shared/providers.ts';
import { type PlannedPromptContext, plannedPrompt } from './planned-prompt.ts';
import { estimateTokens } from './tokens.ts';

/** What a preview stands on. */
export type PreviewContext = PlannedPromptContext & {
  /** The model that is set for a provider, or else the first that it offers. */
  modelOf(provider: ModelProvider, signal: AbortSignal): Promise<string>;
};

/**
 * What would be sent for one artifact, see {@link plannedPrompt}; asks no model. Where the provider
 * cannot say which model it has, the model is empty.
 */
export async function previewPrompt(
  context: PreviewContext,
  wanted: ParsedInput<'prompt.preview'>,
  signal: AbortSignal,
): Promise<PromptPreview> {
  const { use } = wanted;
  const planned = await plannedPrompt(context, wanted, signal);
  const { system, prompt, files, redactions } = planned;
  const model = wanted.model ?? (await context.modelOf(use, signal).catch(() => ''));
  const tokens = estimateTokens(system) + estimateTokens(prompt);
  const artifacts = planned.artifacts.map(({ kind, service }) => ({
    kind,
    service: service?.name ?? null,
  }));
  return { provider: use, model, artifacts, system, prompt, tokens, files, redactions };
}
