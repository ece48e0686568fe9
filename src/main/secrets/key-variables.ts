import type { Environment } from '#main/core/config/environment.ts';
import type { ModelProvider } from '#shared/providers.ts';

/** The variables that give a provider's key, the first that is not blank counts. */
export const keyVariables: Readonly<Record<ModelProvider, readonly string[]>> = {
  ollama: ['OLLAMA_API_KEY'],
  openai: ['OPENAI_API_KEY'],
  compatible: ['OMEGA_COMPATIBLE_API_KEY', 'COMPATIBLE_API_KEY'],
  anthropic: ['ANTHROPIC_API_KEY'],
  gemini: ['GEMINI_API_KEY', 'GOOGLE_GENERATIVE_AI_API_KEY'],
  watsonx: ['WATSONX_API_KEY'],
};

/** A key that the environment gives, and which variable does; null where none does. */
export function keyFromEnvironment(
  provider: ModelProvider,
  env: Environment,
): { readonly key: string; readonly variable: string } | null {
  for (const variable of keyVariables[provider]) {
    const key = env[variable]?.trim();
    if (key) return { key, variable };
  }
  return null;
}
