import type { Budget } from './budget.ts';
import { FunctionError } from './function-error.ts';
import { GoObject, kindOf, sortedKeys, typeOf, type Value } from './values.ts';

/** What `range` walks: keys and items in Go's order. @throws FunctionError for what cannot be walked. */
export function entriesOf(value: Value, budget: Budget): readonly (readonly [Value, Value])[] {
  if (value === null) return [];
  if (Array.isArray(value)) return value.map((item, index) => [BigInt(index), item] as const);
  const map = value instanceof GoObject ? value.items : value;
  if (map instanceof Map) return sortedKeys(map).map((key) => [key, map.get(key) ?? null]);
  if (typeof value === 'bigint') {
    // Go 1.22 and later, which Helm is built with, range over integers.
    budget.step(Number(value));
    return Array.from({ length: Number(value) }, (_, index) => [BigInt(index), BigInt(index)]);
  }
  throw new FunctionError(`range cannot walk a value of type ${typeOf(value)}.`);
}

/** The value of a chain of fields. @throws FunctionError for fields of what has none. */
export function fieldOf(value: Value, names: readonly string[]): Value {
  // Go reads fields of a nil that a pipeline gave as nil; only within one chain it is a fault.
  if (value === null) return null;
  return names.reduce<Value>((before, name) => {
    const at = typeof before === 'function' ? before() : before;
    if (at instanceof Map) return at.get(name) ?? null;
    if (at instanceof GoObject) {
      const held = at.fields.get(name);
      if (held !== undefined) return held;
    }
    const what =
      at === null
        ? `nil pointer: the value before .${name} is not set`
        : `a ${kindOf(at)} has no field ${name}`;
    throw new FunctionError(`.${names.join('.')} cannot be read: ${what}.`);
  }, value);
}
