import { isScalar } from 'yaml';

/** A mapping's key as text: the merge key, which the parser makes a symbol, as `<<`; null for no scalar. */
export function keyText(key: unknown): string | null {
  if (!isScalar(key)) return null;
  return typeof key.value === 'symbol' ? '<<' : String(key.value);
}
