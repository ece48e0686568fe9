/** A price in US dollars a million tokens, and the model or models that it is for. */
export type Price = { readonly model: string; readonly input: number; readonly output: number };

/** What follows the name of a model in its dated versions: `-2024-08-06`, `-20250929`, `-001`, `-latest`. */
const version = /^[-@](?:\d{4}-\d{2}-\d{2}|\d{8}|\d{3,4}|latest)$/;

/**
 * The price of a model: that of its exact name, else of the model that it is a dated version of, else
 * of the longest name with a `*` that fits. Null for all others: a likely price is no price.
 */
export function matchPrice<P extends Price>(prices: readonly P[], model: string): P | null {
  const exact = prices.find((price) => price.model === model);
  if (exact) return exact;
  const dated = prices.filter(
    (price) => model.startsWith(price.model) && version.test(model.slice(price.model.length)),
  );
  const wild = prices.filter((price) => price.model.includes('*') && fits(price.model, model));
  return longest(dated) ?? longest(wild);
}

function longest<P extends Price>(prices: readonly P[]): P | null {
  return prices.toSorted((a, b) => b.model.length - a.model.length)[0] ?? null;
}

/** Whether a name fits a pattern in which each `*` stands for anything. Takes time of their lengths' product at most. */
function fits(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop() ?? '';
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = name.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return at <= name.length - last.length;
}
