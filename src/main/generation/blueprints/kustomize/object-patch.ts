import { isDeepStrictEqual } from 'node:util';
import { isPlainObject } from './plain-object.ts';

/** One operation of a JSON patch (RFC 6902) of those that differences need. */
export type PatchOperation =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

/**
 * The operations that make `to` of `from`, both plain JSON. A list that only grew at its front gets
 * additions there, one of the same length is changed in place, and any other is replaced.
 */
export function patchBetween(from: unknown, to: unknown, path = ''): readonly PatchOperation[] {
  if (isDeepStrictEqual(from, to)) return [];
  if (isPlainObject(from) && isPlainObject(to)) {
    const removed = Object.keys(from)
      .filter((key) => !Object.hasOwn(to, key))
      .map((key): PatchOperation => ({ op: 'remove', path: below(path, key) }));
    const changed = Object.entries(to).flatMap(([key, value]): readonly PatchOperation[] =>
      Object.hasOwn(from, key)
        ? patchBetween(from[key], value, below(path, key))
        : [{ op: 'add', path: below(path, key), value }],
    );
    return [...removed, ...changed];
  }
  if (Array.isArray(from) && Array.isArray(to)) {
    const more = to.length - from.length;
    if (more > 0 && isDeepStrictEqual(to.slice(more), from)) {
      return to
        .slice(0, more)
        .map((value, index) => ({ op: 'add', path: below(path, String(index)), value }));
    }
    if (more === 0) {
      return to.flatMap((value, index) =>
        patchBetween(from[index], value, below(path, String(index))),
      );
    }
  }
  return [{ op: 'replace', path, value: to }];
}

function below(path: string, key: string): string {
  return `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
