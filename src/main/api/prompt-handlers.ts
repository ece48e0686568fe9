import { previewPrompt } from '#main/generation/prompts/preview-prompt.ts';
import type { ModelProvider } from '#shared/providers.ts';
import type { ApiContext, HandlersOf } from './context.ts';

/** Shows what would be sent to a model; sends nothing. */
export function promptHandlers({
  ports,
  storage,
  learning,
  config,
  providers,
}: ApiContext): HandlersOf<'prompt'> {
  const modelOf = (id: ModelProvider, signal: AbortSignal) => providers.modelOf(id, signal);
  return {
    'prompt.preview': (wanted, signal) => {
      const { providers: models, batch, target } = config.current;
      const { contextTokens } = models;
      const batchSize = batch.enabled ? batch.size : 1;
      const context = { ports, storage, target, learning, contextTokens, batchSize, modelOf };
      return previewPrompt(context, wanted, signal);
    },
  };
}
