import type { PriceRow } from '#shared/ai-routes.ts';
import type { ApiContext, HandlersOf } from './context.ts';

/** Prices of models; the user's own win over the list of the app. */
export function priceHandlers({ prices, emit }: ApiContext): HandlersOf<'price'> {
  const changed = (): readonly PriceRow[] => {
    emit({ type: 'providers.changed' });
    return prices.rows();
  };
  return {
    'price.list': () => prices.rows(),
    'price.set': (row) => {
      prices.set(row);
      return changed();
    },
    'price.delete': ({ provider, model }) => {
      prices.delete(provider, model);
      return changed();
    },
  };
}
