/** A part of a manifest as plain data. */
export type Plain = Readonly<Record<string, unknown>>;

/** The value as a mapping; an empty one where it is something else. */
export function plain(value: unknown): Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Plain)
    : {};
}

/** The value as a list; an empty one where it is something else. */
export function rows(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** What lies at `path` within a value, or undefined. */
export function pick(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => plain(at)[key], value);
}
