import type { Json } from './built.ts';
import { isJson } from './field-path.ts';
import { mergeKeysOf } from './merge-keys.ts';

/** What became of an object: it is merged, or the patch deletes it. */
export type Merged = 'merged' | 'deleted';

const directives = /^\$(?:patch|retainKeys|setElementOrder\/.*|deleteFromPrimitiveList\/.*)$/;

/**
 * Merges a strategic merge patch into `object`: mappings by key, `null` removes, lists by the merge
 * keys of the Kubernetes API where they have some, else as a whole. `$patch: delete` and `replace`
 * are followed. New entries of a list come first, as Kustomize has them.
 */
export function strategicMerge(object: Json, patch: Json, builtIn: boolean): Merged {
  if (patch.$patch === 'delete') return 'deleted';
  mergeInto(object, patch, builtIn);
  return 'merged';
}

function mergeInto(target: Json, patch: Json, builtIn: boolean): void {
  if (patch.$patch === 'replace') for (const key of Object.keys(target)) delete target[key];
  for (const [key, value] of Object.entries(patch)) {
    if (directives.test(key)) continue;
    if (value === null) delete target[key];
    else if (isJson(value)) mergeMapping(target, key, value, builtIn);
    else if (Array.isArray(value)) target[key] = mergeLists(key, target[key], value, builtIn);
    else target[key] = value;
  }
}

function mergeMapping(target: Json, key: string, value: Json, builtIn: boolean): void {
  if (value.$patch === 'delete') {
    delete target[key];
    return;
  }
  const held = target[key];
  if (isJson(held)) mergeInto(held, value, builtIn);
  else {
    const made: Json = {};
    mergeInto(made, value, builtIn);
    target[key] = made;
  }
}

function mergeLists(
  field: string,
  held: unknown,
  patch: readonly unknown[],
  builtIn: boolean,
): readonly unknown[] {
  const replaces = patch.some((entry) => isJson(entry) && entry.$patch === 'replace');
  const entries = patch.filter((entry) => !isJson(entry) || entry.$patch !== 'replace');
  const old = Array.isArray(held) ? held : [];
  const keys = mergeKeysOf(field, builtIn, [
    ...old,
    ...entries.filter((entry) => !isDelete(entry)),
  ]);
  if (replaces || keys === null || keys.length === 0) return entries.map(cleaned(builtIn));
  const same = (one: unknown, other: unknown): boolean =>
    isJson(one) && isJson(other) && keys.every((key) => one[key] === other[key]);
  const merged: unknown[] = [];
  for (const entry of entries) {
    const existing = old.find((one) => same(one, entry));
    if (isDelete(entry)) continue;
    if (isJson(existing) && isJson(entry)) {
      mergeInto(existing, entry, builtIn);
      merged.push(existing);
    } else merged.push(cleaned(builtIn)(entry));
  }
  return [...merged, ...old.filter((one) => !entries.some((entry) => same(one, entry)))];
}

const isDelete = (entry: unknown): boolean => isJson(entry) && entry.$patch === 'delete';

/** What is new goes through the same merge, which drops its directives and nulls. */
function cleaned(builtIn: boolean): (entry: unknown) => unknown {
  return (entry) => {
    if (!isJson(entry)) return entry;
    const made: Json = {};
    mergeInto(made, entry, builtIn);
    return made;
  };
}
