import type { ModelProvider } from '#shared/providers.ts';
import type { ApiContext, HandlersOf } from './context.ts';

/** Keys of providers. They come in and never go out: the answer says where a key is, not what it is. */
export function keyHandlers({ keys, providers, emit }: ApiContext): HandlersOf<'key'> {
  const changed = (provider: ModelProvider) => {
    emit({ type: 'providers.changed' });
    return providers.view(provider);
  };
  return {
    'key.set': async ({ provider, key }) => {
      await keys.set(provider, key);
      return changed(provider);
    },
    'key.keep': async ({ provider }) => {
      await keys.keep(provider);
      return changed(provider);
    },
    'key.delete': async ({ provider }) => {
      await keys.delete(provider);
      return changed(provider);
    },
  };
}
