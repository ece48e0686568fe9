import { FunctionError } from '../go-template/function-error.ts';
import { copyOf, type Method, sortedKeys, type Value } from '../go-template/values.ts';
import { isEmpty } from './defaults.ts';
import { fn } from './signature.ts';
import { strval } from './strings.ts';

type Dict = Map<string, Value>;

/** Sprig's mappings. */
export const dicts: Readonly<Record<string, Method>> = {
  dict: fn('a*', (...values) => {
    const made: Dict = new Map();
    for (let index = 0; index < values.length; index += 2)
      made.set(
        strval(values[index] ?? null),
        index + 1 < values.length ? (values[index + 1] ?? null) : '',
      );
    return made;
  }),
  get: fn('ms', (map, key) => (map.has(key) ? (map.get(key) ?? null) : '')),
  set: fn('wsa', (map, key, value) => map.set(key, value)),
  unset: fn('ms', (map, key) => {
    map.delete(key);
    return map;
  }),
  hasKey: fn('ms', (map, key) => map.has(key)),
  keys: fn('m*', (...maps) => maps.flatMap(sortedKeys)),
  values: fn('m', (map) => sortedKeys(map).map((key) => map.get(key) ?? null)),
  pluck: fn('sm*', (...given) => {
    const [key, ...maps] = given as unknown as [string, ...Dict[]];
    return maps.filter((map) => map.has(key)).map((map) => map.get(key) ?? null);
  }),
  pick: fn('ms*', (...given) => {
    const [map, ...keys] = given as unknown as [Dict, ...string[]];
    return new Map(keys.filter((key) => map.has(key)).map((key) => [key, map.get(key) ?? null]));
  }),
  omit: fn('ms*', (...given) => {
    const [map, ...keys] = given as unknown as [Dict, ...string[]];
    return new Map([...map].filter(([key]) => !keys.includes(key)));
  }),
  merge: fn('mm*', (...maps) =>
    maps.slice(1).reduce((into, map) => merge(into, map, false), maps[0] as Dict),
  ),
  mergeOverwrite: fn('mm*', (...maps) =>
    maps.slice(1).reduce((into, map) => merge(into, map, true), maps[0] as Dict),
  ),
  deepCopy: fn('a', copyOf),
  dig: fn('aaa*', (...given) => {
    const map = given.at(-1) ?? null;
    const fallback = given.at(-2) ?? null;
    if (!(map instanceof Map)) throw new FunctionError('needs a mapping as its last argument.');
    let at: Value = map;
    for (const key of given.slice(0, -2)) {
      if (!(at instanceof Map)) throw new FunctionError(`"${strval(key)}" lies in no mapping.`);
      const held: Value | undefined = at.get(strval(key));
      if (held === undefined) return fallback;
      at = held;
    }
    return at;
  }),
};
for (const name of ['merge', 'mergeOverwrite', 'deepCopy']) {
  const must = `must${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  Object.assign(dicts, { [must]: dicts[name] });
}

/** Merges as mergo does: what is empty counts as not set. */
function merge(into: Dict, from: Dict, overwrites: boolean): Dict {
  for (const [key, value] of from) {
    const held = into.get(key);
    if (held instanceof Map && value instanceof Map) merge(held, value, overwrites);
    else if (overwrites ? !isEmpty(value) || !into.has(key) : held === undefined || isEmpty(held))
      into.set(key, value);
  }
  return into;
}
