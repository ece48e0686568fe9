import type { LanguageModelV4 } from '@ai-sdk/provider';
import type { Dispatcher } from 'undici';
import type { Config } from '#shared/config.ts';
import type { ModelProvider } from '#shared/providers.ts';
import type { Adapter, AdapterParts } from './adapters/adapter.ts';
import { providerFacts, settingOf } from './provider-facts.ts';
import type { Endpoint } from './transport/endpoint.ts';
import { endpointFetch } from './transport/endpoint-fetch.ts';

/** Most models of one provider that are kept for the next call. */
const maxModels = 100;

/** Makes the adapter of a provider. Each brings its part of the SDK, which is loaded with its first use. */
export async function openAdapter(
  id: ModelProvider,
  settings: Config['providers'],
  key: string | null,
  dispatcher: Dispatcher,
): Promise<Adapter> {
  const adapter = await makeAdapter(id, settings, key, dispatcher);
  // Making a model of an OpenAI-compatible server builds its schemas, which takes longer than a call.
  const models = new Map<string, LanguageModelV4>();
  const model = (name: string): LanguageModelV4 => {
    const made = models.get(name) ?? adapter.model(name);
    if (models.size >= maxModels) models.clear();
    models.set(name, made);
    return made;
  };
  return { ...adapter, model };
}

async function makeAdapter(
  id: ModelProvider,
  settings: Config['providers'],
  key: string | null,
  dispatcher: Dispatcher,
): Promise<Adapter> {
  const secrets = new Set(key === null ? [] : [key]);
  const partsOf = (url: string, name: string, urlKey: Endpoint['urlKey']): AdapterParts => {
    const plain = url.replace(/\/+$/, '');
    const origin = new URL(plain).origin;
    const endpoint = { id, name, url: plain, origin, urlKey, secrets: () => [...secrets] };
    return { endpoint, key, secrets, fetch: endpointFetch(endpoint, dispatcher) };
  };
  const { name, urlField } = providerFacts[id];
  const parts = partsOf(settings[urlField], name, settingOf(urlField));
  switch (id) {
    case 'ollama':
      return (await import('./ollama/ollama.ts')).ollamaAdapter(parts);
    case 'openai':
      return (await import('./adapters/openai.ts')).openaiAdapter(parts);
    case 'compatible':
      return (await import('./adapters/compatible.ts')).compatibleAdapter(parts);
    case 'anthropic':
      return (await import('./adapters/anthropic.ts')).anthropicAdapter(parts);
    case 'gemini':
      return (await import('./adapters/gemini.ts')).geminiAdapter(parts);
    case 'watsonx': {
      const iam = partsOf(settings.watsonxIamUrl, 'IBM IAM', 'providers.watsonxIamUrl');
      const { watsonxAdapter } = await import('./watsonx/watsonx.ts');
      return watsonxAdapter(parts, iam, settings.watsonxProject);
    }
  }
}
