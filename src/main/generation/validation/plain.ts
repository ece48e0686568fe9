/** A YAML mapping as a plain object. */
export type Mapping = Readonly<Record<string, unknown>>;

/** The value as a mapping; an empty one where it is something else. */
export function mapping(value: unknown): Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Mapping)
    : {};
}

/** The value as a list; an empty one where it is something else. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
