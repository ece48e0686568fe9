/** A table of a parsed manifest, of which nothing is known yet. */
export type Table = Readonly<Record<string, unknown>>;

/** The value as a table; an empty one where it is something else. */
export function table(value: unknown): Table {
  return isTable(value) ? value : {};
}

/** The value as a list; a single value becomes a list of one, nothing an empty one. */
export function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null || value === '' ? [] : [value];
}

/** The value as text, numbers and booleans too; null where it is something else. */
export function text(value: unknown): string | null {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/** The texts in a list; what is no text is left out. */
export function texts(value: unknown): readonly string[] {
  return list(value)
    .map(text)
    .filter((item) => item !== null);
}

/** The value at a path of keys; undefined where a step is missing. Only own keys count. */
export function at(value: unknown, ...keys: readonly string[]): unknown {
  let here = value;
  for (const key of keys) {
    if (!isTable(here) || !Object.hasOwn(here, key)) return undefined;
    here = here[key];
  }
  return here;
}

/** Tells whether the value is a table. */
export function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
