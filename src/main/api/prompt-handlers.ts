import { previewPrompt } from '#main/generation/prompts/preview-prompt.ts';
import type { ModelProvider } from '#shared/providers.ts';
import type { ApiContext, HandlersOf } from './context.ts';

/** Shows what would be sent to a model; sends nothing. */
export function promptHandlers({
  ports,
  learning,
  config,
  providers,
}: ApiContext): HandlersOf<'prompt'> {
  const modelOf = (id: ModelProvider, signal: AbortSignal) => providers.modelOf(id, signal);
  return {
    'prompt.preview': (wanted, signal) => {
      const { providers: models, batch } = config.current;
      const { contextTokens } = models;
      const batchSize = batch.enabled ? batch.size : 1;
      return previewPrompt({ ports, learning, contextTokens, batchSize, modelOf }, wanted, signal);
    },
  };
}
