import type { PriceRow } from '#shared/ai-routes.ts';
import type { ModelInfo, ModelProvider } from '#shared/providers.ts';

/** A model with its price, US dollars a million tokens; null where none is known. */
export type PriceLine = {
  readonly provider: ModelProvider;
  readonly model: string;
  readonly price: { readonly input: number; readonly output: number } | null;
  /** Whether the user set it. */
  readonly own: boolean;
};

/**
 * The lines of the price table of a provider: every row of the table, and the models that it offers
 * and that have no price, which cost what nobody here knows. By the model's name.
 */
export function priceLines(
  provider: ModelProvider,
  rows: readonly PriceRow[],
  offered: readonly ModelInfo[],
): readonly PriceLine[] {
  const known = rows
    .filter((row) => row.provider === provider)
    .map(({ model, input, output, own }) => ({ provider, model, price: { input, output }, own }));
  const names = new Set(known.map(({ model }) => model));
  const unknown = offered
    .filter(({ id, price }) => price === null && !names.has(id))
    .map(({ id }) => ({ provider, model: id, price: null, own: false }));
  return [...known, ...unknown].sort((a, b) => a.model.localeCompare(b.model, 'en'));
}

/** Most that a price may be; what the server takes. */
export const mostUsd = 100_000;

/** A price as it is written into the two fields; null where one of them holds no amount. */
export function writtenPrice(
  input: number | string,
  output: number | string,
): { readonly input: number; readonly output: number } | null {
  const [first, second] = [input, output].map((text) => (text === '' ? Number.NaN : Number(text)));
  const isAmount = (value: number | undefined): value is number =>
    value !== undefined && value >= 0 && value <= mostUsd;
  return isAmount(first) && isAmount(second) ? { input: first, output: second } : null;
}
