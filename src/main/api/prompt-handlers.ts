import type { Models } from '#main/generation/ai/ask-context.ts';
import { previewPrompt } from '#main/generation/prompts/preview-prompt.ts';
import type { ApiContext, HandlersOf } from './context.ts';

/** Shows what would be sent to a model; sends nothing. */
export function promptHandlers(
  { ports, learning, config }: ApiContext,
  { modelOf }: Pick<Models, 'modelOf'>,
): HandlersOf<'prompt'> {
  return {
    'prompt.preview': (wanted, signal) => {
      const { contextTokens } = config.current.providers;
      return previewPrompt({ ports, learning, contextTokens, modelOf }, wanted, signal);
    },
  };
}
