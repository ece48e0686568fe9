import { FunctionError } from '../go-template/function-error.ts';
import { isSame, isTrue, kindOf, type Method, typeOf, type Value } from '../go-template/values.ts';
import { fn } from './signature.ts';

/** Whether sprig takes a value as empty; a struct never is. */
export function isEmpty(value: Value): boolean {
  return !isTrue(value);
}

/** Sprig's choices, types and failures. */
export const defaults: Readonly<Record<string, Method>> = {
  default: fn('aa*', (...values) => {
    const [fallback = null, value = null] = values;
    return values.length < 2 || isEmpty(value) ? fallback : value;
  }),
  empty: fn('a', isEmpty),
  coalesce: fn('a*', (...values) => values.find((value) => !isEmpty(value)) ?? null),
  all: fn('a*', (...values) => values.every((value) => !isEmpty(value))),
  any: fn('a*', (...values) => values.some((value) => !isEmpty(value))),
  ternary: fn('aab', (yes, no, test) => (test ? yes : no)),
  fail: fn('s', (message) => {
    throw new FunctionError(message, 'fail');
  }),
  required: fn('sa', (message, value) => {
    if (value === null || value === '') throw new FunctionError(message, 'required');
    return value;
  }),
  typeOf: fn('a', typeOf),
  typeIs: fn('sa', (type, value) => type === typeOf(value)),
  typeIsLike: fn('sa', (type, value) => type === typeOf(value) || `*${type}` === typeOf(value)),
  kindOf: fn('a', kindOf),
  kindIs: fn('sa', (kind, value) => isKind(kind, value)),
  deepEqual: fn('aa', isSame),
};

/** An int64 and an int are one here, so either name fits. */
function isKind(kind: string, value: Value): boolean {
  return kind === kindOf(value) || (kind === 'int64' && typeof value === 'bigint');
}
