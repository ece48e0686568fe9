import type { ConfigKey } from '#shared/config.ts';
import type { EnsemblePreset, Maker, ModelProvider } from '#shared/providers.ts';

/** How makers of files are called on screen. */
export const makerNames: Readonly<Record<Maker, string>> = {
  blueprint: 'Blueprints',
  ollama: 'Ollama',
  openai: 'OpenAI',
  compatible: 'OpenAI-compatible',
  anthropic: 'Anthropic',
  gemini: 'Google Gemini',
  watsonx: 'IBM watsonx',
};

/** Whether a text is the id of a maker, which has a name here. */
export function isMaker(id: string): id is Maker {
  return Object.hasOwn(makerNames, id);
}

/** What an ensemble preset does, in a few words. */
export const ensembleNames: Readonly<Record<EnsemblePreset, string>> = {
  off: 'Off',
  balanced: 'Balanced',
  fast: 'Fast',
  quality: 'Quality',
  diverse: 'Diverse',
};

/** The setting that holds a provider's model. */
export function modelKey(id: ModelProvider): ConfigKey & `providers.${ModelProvider}Model` {
  return `providers.${id}Model`;
}

/** The setting that holds a provider's address. */
export function urlKey(id: ModelProvider): ConfigKey & `providers.${ModelProvider}Url` {
  return `providers.${id}Url`;
}

/** Whether a provider's address is the user's own: it stands beside the key, not among the details. */
export function hasOwnAddress(id: ModelProvider): boolean {
  return id === 'ollama' || id === 'compatible' || id === 'watsonx';
}
