import { FunctionError } from '../go-template/function-error.ts';
import { sprint, sprintf, text } from '../go-template/print.ts';
import { isTrue, type Method, typeOf, type Value } from '../go-template/values.ts';
import { fn } from './signature.ts';

/** The functions of Go's text/template itself; `and` and `or` are run by the executor. */
export const builtins: Readonly<Record<string, Method>> = {
  and: fn('a*', (...values) => values.find((value) => !isTrue(value)) ?? values.at(-1) ?? null),
  or: fn('a*', (...values) => values.find(isTrue) ?? values.at(-1) ?? null),
  not: fn('a', (value) => !isTrue(value)),
  eq: fn('aa*', (...values) => {
    const [first = null, ...others] = values;
    if (others.length === 0) throw new FunctionError('needs something to compare with.');
    return others.some((other) => equal(first, other));
  }),
  ne: fn('aa', (a, b) => !equal(a, b)),
  lt: fn('aa', (a, b) => compare(a, b) < 0),
  le: fn('aa', (a, b) => compare(a, b) <= 0),
  gt: fn('aa', (a, b) => compare(a, b) > 0),
  ge: fn('aa', (a, b) => compare(a, b) >= 0),
  len: fn('a', (value) => BigInt(lengthOf(value))),
  index: fn('aa*', (...values) => {
    const [held = null, ...keys] = values;
    return keys.reduce<Value>(at, held);
  }),
  print: fn('a*', (...values) => sprint(values)),
  println: fn('a*', (...values) => `${values.map(text).join(' ')}\n`),
  printf: fn('sa*', (...values) => {
    const [format, ...rest] = values as unknown as [string, ...Value[]];
    return sprintf(format, rest);
  }),
  html: fn('a*', (...values) =>
    sprint(values).replace(/[<>&'"\0]/g, (char) => entities[char] ?? char),
  ),
  js: fn('a*', (...values) => JSON.stringify(sprint(values)).slice(1, -1)),
  urlquery: fn('a*', (...values) => encodeURIComponent(sprint(values)).replaceAll('%20', '+')),
  call: fn('aa*', (...values) => {
    const [called, ...args] = values;
    if (typeof called !== 'function') throw new FunctionError('needs a function.');
    return called(...args);
  }),
};

const entities: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  "'": '&#39;',
  '"': '&#34;',
  '\0': '\ufffd',
};

function equal(a: Value, b: Value): boolean {
  if (a === null || b === null) return a === b;
  mustBeAlike(a, b);
  return a === b;
}

function compare(a: Value, b: Value): number {
  if (a === null || b === null) throw new FunctionError('cannot order a value that is not set.');
  mustBeAlike(a, b);
  if (typeof a === 'boolean') throw new FunctionError('cannot order true and false.');
  if (typeof a === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b as string));
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Go compares values of one basic kind only: the number 1 of values.yaml is a float64, not an int. */
function mustBeAlike(a: Value, b: Value): void {
  const basic = (value: Value): boolean =>
    value !== null && typeof value !== 'object' && typeof value !== 'function';
  if (basic(a) && basic(b) && typeof a === typeof b) return;
  const mixed = [a, b].every((value) => typeof value === 'bigint' || typeof value === 'number');
  const hint = mixed
    ? ' Numbers of values.yaml are floats: convert with int, or compare with 1.0.'
    : '';
  throw new FunctionError(`cannot compare ${typeOf(a)} with ${typeOf(b)}.${hint}`);
}

function lengthOf(value: Value): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (Array.isArray(value)) return value.length;
  if (value instanceof Map) return value.size;
  throw new FunctionError(`a value of type ${typeOf(value)} has no length.`);
}

function at(held: Value, key: Value): Value {
  if (held instanceof Map) {
    if (typeof key !== 'string')
      throw new FunctionError(`a mapping has no key of type ${typeOf(key)}.`);
    return held.get(key) ?? null;
  }
  if (Array.isArray(held) || typeof held === 'string') {
    const index = Number(key);
    if (typeof key !== 'bigint' && typeof key !== 'number')
      throw new FunctionError(`cannot index a list with ${typeOf(key)}.`);
    if (index < 0 || index >= held.length) throw new FunctionError(`index out of range: ${index}.`);
    return typeof held === 'string' ? BigInt(Buffer.from(held)[index] ?? 0) : (held[index] ?? null);
  }
  throw new FunctionError(`cannot index a value of type ${typeOf(held)}.`);
}
