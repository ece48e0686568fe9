import { FunctionError } from '../go-template/function-error.ts';
import { isSame, type Method, typeOf, type Value } from '../go-template/values.ts';
import { isEmpty } from './defaults.ts';
import { fn, listOf } from './signature.ts';

const both = (name: string, method: Method): readonly (readonly [string, Method])[] => [
  [name, method],
  [`must${name.charAt(0).toUpperCase()}${name.slice(1)}`, method],
];

/** Sprig's lists; every function also under its `must` name. */
export const lists: Readonly<Record<string, Method>> = Object.fromEntries([
  ['list', fn('a*', (...values) => values)],
  ['tuple', fn('a*', (...values) => values)],
  ...both(
    'first',
    fn('a', (value) => ends(value, (held) => held[0])),
  ),
  ...both(
    'last',
    fn('a', (value) => ends(value, (held) => held.at(-1))),
  ),
  ...both(
    'rest',
    fn('a', (value) => list(value).slice(1)),
  ),
  ...both(
    'initial',
    fn('a', (value) => list(value).slice(0, -1)),
  ),
  ...both(
    'append',
    fn('aa', (value, item) => [...list(value), item]),
  ),
  ...both(
    'push',
    fn('aa', (value, item) => [...list(value), item]),
  ),
  ...both(
    'prepend',
    fn('aa', (value, item) => [item, ...list(value)]),
  ),
  ...both(
    'reverse',
    fn('a', (value) => [...listOf(value)].reverse()),
  ),
  ...both(
    'uniq',
    fn('a', (value) => unique(listOf(value))),
  ),
  ...both(
    'without',
    fn('aa*', (...values) => {
      const [held = null, ...omitted] = values;
      return listOf(held).filter((item) => !omitted.some((one) => isSame(item, one)));
    }),
  ),
  ...both(
    'has',
    fn('aa', (needle, held) => held !== null && listOf(held).some((item) => isSame(item, needle))),
  ),
  ...both(
    'compact',
    fn('a', (value) => listOf(value).filter((item) => !isEmpty(item))),
  ),
  ...both(
    'slice',
    fn('aa*', (...values) => {
      const [held = null, from = 0n, to] = values;
      const all = listOf(held);
      const end = to === undefined ? all.length : Number(to);
      if (Number(from) < 0 || end > all.length || Number(from) > end)
        throw new FunctionError('the bounds lie outside the list.');
      return all.slice(Number(from), end);
    }),
  ),
  ...both(
    'chunk',
    fn('ia', (size, value) => {
      if (size < 1) throw new FunctionError('the size of a chunk must be 1 or more.');
      const all = listOf(value);
      return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
        all.slice(index * size, (index + 1) * size),
      );
    }),
  ),
  ['concat', fn('a*', (...values) => values.flatMap((value) => listOf(value)))],
]);

function list(value: Value): Value[] {
  if (value === null) throw new FunctionError('needs a list, and the value is not set.');
  return listOf(value);
}

function ends(value: Value, pick: (held: Value[]) => Value | undefined): Value {
  if (!Array.isArray(value)) throw new FunctionError(`needs a list, and got ${typeOf(value)}.`);
  return pick(value) ?? null;
}

function unique(values: readonly Value[]): Value[] {
  const plain = new Set<Value>();
  const kept: Value[] = [];
  for (const value of values) {
    if (value === null || typeof value !== 'object') {
      if (plain.has(value)) continue;
      plain.add(value);
    } else if (kept.some((one) => isSame(one, value))) continue;
    kept.push(value);
  }
  return kept;
}
