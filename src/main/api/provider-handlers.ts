import { providerFacts } from '#main/providers/provider-facts.ts';
import { tryProvider } from '#main/providers/try-provider.ts';
import { modelProviders } from '#shared/providers.ts';
import type { ApiContext, HandlersOf } from './context.ts';

/** The providers of models: what each is and lacks, what it offers, and whether it answers. */
export function providerHandlers({ config, providers }: ApiContext): HandlersOf<'provider'> {
  return {
    'provider.list': () => Promise.all(modelProviders.map((id) => providers.view(id))),
    'provider.models': ({ provider }, signal) => providers.get(provider).models(signal),
    'provider.test': ({ provider }, signal) => {
      const model = config.current.providers[providerFacts[provider].modelField];
      return tryProvider(providers, provider, model, signal);
    },
  };
}
