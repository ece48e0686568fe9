import { steadyNow } from '#main/core/clock.ts';
import type { PriceStore } from '#main/storage/price-store.ts';
import type { PriceRow } from '#shared/ai-routes.ts';
import { OmegaError } from '#shared/error.ts';
import type { ModelProvider, TokenUsage } from '#shared/providers.ts';
import list from '../../../../resources/prices.json' with { type: 'json' };
import { matchPrice } from './match-price.ts';

const listed: readonly PriceRow[] = list.prices.map((price) => ({ ...price, own: false }));
/** Models that Ollama runs on machines of its own, which are not for nothing. */
const elsewhere = /[:-]cloud$/;

/** How long the user's prices serve, so that not each call reads them; another process may set some. */
const knownMs = 1_000;

/** Day of the list prices that come with the app. */
export const pricesAsOf: string = list.asOf;

/** Prices of models: the user's own, kept in the store, before the list that comes with the app. */
export class PriceTable {
  readonly #own: Pick<PriceStore, 'list' | 'of' | 'set' | 'delete'>;
  readonly #known = new Map<
    ModelProvider,
    { readonly rows: ReturnType<PriceStore['of']>; readonly until: number }
  >();

  constructor(own: Pick<PriceStore, 'list' | 'of' | 'set' | 'delete'>) {
    this.#own = own;
  }

  /** Every price that holds, by provider and model. */
  rows(): readonly PriceRow[] {
    const own = this.#own.list().map((price) => ({ ...price, own: true }));
    const isOwn = (row: PriceRow) =>
      own.some(({ provider, model }) => provider === row.provider && model === row.model);
    return [...own, ...listed.filter((row) => !isOwn(row))].sort(
      (a, b) => compare(a.provider, b.provider) || compare(a.model, b.model),
    );
  }

  /** US dollars a million tokens; null where it is not known. */
  of(provider: ModelProvider, model: string): { input: number; output: number } | null {
    const own = matchPrice(this.#ownOf(provider), model);
    const price = own ?? (elsewhere.test(model) ? null : listPrice(provider, model));
    return price ? { input: price.input, output: price.output } : null;
  }

  /** US dollars; null where the price or a count is not known. */
  cost(provider: ModelProvider, model: string, usage: TokenUsage): number | null {
    const price = this.of(provider, model);
    if (!price) return null;
    // A free model is free whatever it counts.
    if (price.input === 0 && price.output === 0) return 0;
    const { inputTokens, outputTokens } = usage;
    if (inputTokens === null || outputTokens === null) return null;
    return (inputTokens * price.input + outputTokens * price.output) / 1e6;
  }

  set(row: Omit<PriceRow, 'own'>): void {
    this.#known.clear();
    this.#own.set(row);
  }

  /** Takes back a price that the user set. Throws `NOT_FOUND` where there is none. */
  delete(provider: ModelProvider, model: string): void {
    this.#known.clear();
    if (this.#own.delete(provider, model)) return;
    const message = `There is no price of your own for "${model}" of ${provider}; \`omega prices\` lists them.`;
    throw new OmegaError('NOT_FOUND', message);
  }

  #ownOf(provider: ModelProvider): ReturnType<PriceStore['of']> {
    const now = steadyNow();
    const known = this.#known.get(provider);
    if (known && now < known.until) return known.rows;
    const rows = this.#own.of(provider);
    this.#known.set(provider, { rows, until: now + knownMs });
    return rows;
  }
}

function listPrice(provider: ModelProvider, model: string): PriceRow | null {
  return matchPrice(
    listed.filter((row) => row.provider === provider),
    model,
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
