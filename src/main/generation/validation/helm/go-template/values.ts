/**
 * A value as templates see it. A bigint is a Go integer, a number a float64 (every number of
 * values.yaml is one), null is nil. Maps are sorted when they are walked.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Value[]
  | Map<string, Value>
  | GoObject
  | Method;

/** A function that templates call: what stands before it in a pipeline comes last. */
export type Method = (...args: Value[]) => Value;

/** What Helm gives as a Go struct: fields that exist or not, some of them methods. */
export class GoObject {
  readonly type: string;
  readonly fields: ReadonlyMap<string, Value>;
  /** How it prints, where it prints as text. */
  readonly text: string | null;
  /** What it is a map of, where it is a map with methods. */
  readonly items: Map<string, Value> | null;

  constructor(
    type: string,
    fields: Readonly<Record<string, Value>>,
    text: string | null = null,
    items: Map<string, Value> | null = null,
  ) {
    this.type = type;
    this.fields = new Map(Object.entries(fields));
    this.text = text;
    this.items = items;
  }
}

/** The keys of a map in the order in which Go walks them: by their bytes. */
export function sortedKeys(map: ReadonlyMap<string, unknown>): readonly string[] {
  const keys = [...map.keys()];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: where UTF-16 sorts as UTF-8 does.
  if (keys.every((key) => /^[\x00-\x7f]*$/.test(key))) return keys.sort();
  return keys.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

/** Whether Go's templates take a value as true: not zero, not empty, not nil. */
export function isTrue(value: Value): boolean {
  if (value instanceof Map) return value.size > 0;
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof GoObject) return value.items === null || value.items.size > 0;
  return Boolean(value);
}

/** The Go kind of a value, as `kindOf` tells it. */
export function kindOf(value: Value): string {
  if (value === null) return 'invalid';
  if (Array.isArray(value)) return 'slice';
  if (value instanceof Map) return 'map';
  if (value instanceof GoObject) return 'struct';
  const kinds = { boolean: 'bool', number: 'float64', bigint: 'int', string: 'string' } as const;
  return kinds[typeof value as keyof typeof kinds] ?? 'func';
}

/** The Go type of a value, as `typeOf` and `%T` tell it. */
export function typeOf(value: Value): string {
  if (value === null) return '<nil>';
  if (Array.isArray(value)) return '[]interface {}';
  if (value instanceof Map) return 'map[string]interface {}';
  return value instanceof GoObject ? value.type : kindOf(value);
}

/** A parsed YAML or JSON value as templates see it; numbers become float64. */
export function fromPlain(value: unknown): Value {
  if (Array.isArray(value)) return value.map(fromPlain);
  if (value instanceof Map) return new Map([...value].map(([k, v]) => [String(k), fromPlain(v)]));
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'object' && value !== null) {
    return new Map(Object.entries(value).map(([key, held]) => [key, fromPlain(held)]));
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  return null;
}

/** The value as plain JSON data, map keys sorted; integers become numbers. */
export function toPlain(value: Value): unknown {
  if (Array.isArray(value)) return value.map(toPlain);
  if (value instanceof Map)
    return Object.fromEntries(
      sortedKeys(value).map((key) => [key, toPlain(value.get(key) ?? null)]),
    );
  if (value instanceof GoObject)
    return value.text ?? Object.fromEntries([...value.fields].map(([k, v]) => [k, toPlain(v)]));
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'function' ? null : value;
}

/** Whether two values are the same all the way down, as Go's reflect.DeepEqual sees it. */
export function isSame(a: Value, b: Value): boolean {
  if (Array.isArray(a))
    return (
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => isSame(item, b[index] ?? null))
    );
  if (a instanceof Map)
    return (
      b instanceof Map &&
      a.size === b.size &&
      [...a].every(([key, held]) => b.has(key) && isSame(held, b.get(key) ?? null))
    );
  return a === b;
}

/** A deep copy of maps and lists. */
export function copyOf(value: Value): Value {
  if (Array.isArray(value)) return value.map(copyOf);
  if (value instanceof Map) return new Map([...value].map(([key, held]) => [key, copyOf(held)]));
  return value;
}
