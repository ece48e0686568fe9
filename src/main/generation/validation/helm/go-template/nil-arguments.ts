import type { Operand } from './nodes.ts';
import type { Method, Value } from './values.ts';

/** Which arguments of a function are of a type that has a nil: mappings, in what templates call. */
const mappings = new WeakMap<Method, (index: number) => boolean>();

/** Notes that an argument of a function may be a mapping that is nil. */
export function takesNilMaps(method: Method, isMapping: (index: number) => boolean): Method {
  mappings.set(method, isMapping);
  return method;
}

/**
 * Arguments as Go hands them over (`validateType` of text/template): nothing becomes a nil mapping
 * where one is wanted, but not a field of a mapping that is not set, whose type is no mapping's.
 */
export function withNilMaps(
  method: Method,
  operands: readonly Operand[],
  values: readonly Value[],
): readonly Value[] {
  const isMapping = mappings.get(method);
  if (!isMapping || !values.includes(null)) return values;
  return values.map((value, index) => {
    const operand = operands[index];
    const isField =
      operand?.type === 'field' ||
      operand?.type === 'chain' ||
      (operand?.type === 'variable' && operand.names.length > 0);
    return value === null && !isField && isMapping(index) ? new Map() : value;
  });
}
