import { list } from '../../plain.ts';
import type { Json } from './built.ts';

/** Whether a value is a mapping that the build may change. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Visits the holders of the last key of `path`, through lists, each entry of which is visited.
 * With `create` mappings that lack on the way are made.
 */
export function visit(
  value: unknown,
  path: readonly string[],
  create: boolean,
  set: (holder: Json, key: string) => void,
): void {
  const [key, ...rest] = path;
  if (key === undefined) return;
  if (Array.isArray(value)) {
    for (const item of list(value)) visit(item, path, create, set);
    return;
  }
  if (!isJson(value)) return;
  if (rest.length === 0) {
    if (create || Object.hasOwn(value, key)) set(value, key);
    return;
  }
  if (create && (value[key] === undefined || value[key] === null)) value[key] = {};
  visit(value[key], rest, create, set);
}
