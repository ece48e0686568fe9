import { isDeepStrictEqual } from 'node:util';
import { type Mapping, mapping } from '../../plain.ts';
import type { Json } from './built.ts';
import { isJson } from './field-path.ts';

/** Why a JSON patch (RFC 6902) does not apply, or null where it was applied to `object`. */
export function applyJsonPatch(object: Json, operations: readonly unknown[]): string | null {
  for (const one of operations) {
    const operation = mapping(one);
    const fault = apply(object, operation);
    if (fault !== null) return `${String(operation.op)} ${String(operation.path)}: ${fault}`;
  }
  return null;
}

function apply(object: Json, operation: Mapping): string | null {
  const { op, path, from, value } = operation;
  if (typeof path !== 'string' || (path !== '' && !path.startsWith('/'))) {
    return 'a path begins with a slash';
  }
  switch (op) {
    case 'add':
      return add(object, path, structuredClone(value));
    case 'remove':
      return remove(object, path);
    case 'replace': {
      // The library that kustomize patches with sets a key of a mapping, whether or not it was there.
      const isThere = find(object, path) !== missing || isJson(holderOf(object, path).holder);
      return isThere ? put(object, path, structuredClone(value)) : 'there is nothing to replace';
    }
    case 'test':
      return isDeepStrictEqual(find(object, path), value) ? null : 'the value is another one';
    case 'move':
    case 'copy': {
      const held = typeof from === 'string' ? find(object, from) : missing;
      if (held === missing) return 'there is nothing at "from"';
      const copy = structuredClone(held);
      if (op === 'move') remove(object, String(from));
      return add(object, path, copy);
    }
    default:
      return 'an operation is add, remove, replace, move, copy or test';
  }
}

const missing = Symbol('missing');
const keysOf = (path: string): readonly string[] =>
  path
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));

function find(object: Json, path: string): unknown {
  let held: unknown = object;
  for (const key of keysOf(path)) {
    if (Array.isArray(held)) held = indexIn(held, key) < 0 ? missing : held[indexIn(held, key)];
    else if (isJson(held) && Object.hasOwn(held, key)) held = held[key];
    else return missing;
  }
  return held;
}

/** The place in a list that a key names, those below zero counted from its end; -1 for none. */
function indexIn(list: readonly unknown[], key: string): number {
  const index = /^-?\d+$/.test(key) ? Number(key) : Number.NaN;
  const at = index < 0 ? index + list.length : index;
  return at >= 0 && at < list.length ? at : -1;
}

/** The mapping or list that holds the last key of a path. */
function holderOf(object: Json, path: string): { readonly holder: unknown; readonly key: string } {
  const keys = keysOf(path);
  return { holder: find(object, path.slice(0, path.lastIndexOf('/'))), key: keys.at(-1) ?? '' };
}

function add(object: Json, path: string, value: unknown): string | null {
  const { holder, key } = holderOf(object, path);
  if (Array.isArray(holder)) {
    // One more than there are is a place too: -1 adds at the end.
    const index = key === '-' ? holder.length : indexIn([...holder, value], key);
    if (index < 0) return 'the list has no such place';
    holder.splice(index, 0, value);
    return null;
  }
  if (!isJson(holder)) return 'what should hold it is not there';
  holder[key] = value;
  return null;
}

function put(object: Json, path: string, value: unknown): string | null {
  const { holder, key } = holderOf(object, path);
  if (Array.isArray(holder)) holder[indexIn(holder, key)] = value;
  else if (isJson(holder)) holder[key] = value;
  else return 'what should hold it is not there';
  return null;
}

function remove(object: Json, path: string): string | null {
  if (find(object, path) === missing) return 'there is nothing to remove';
  const { holder, key } = holderOf(object, path);
  if (Array.isArray(holder)) holder.splice(indexIn(holder, key), 1);
  else if (isJson(holder)) delete holder[key];
  return null;
}
