import { list, type Mapping, mapping } from '../../plain.ts';
import type { Built, Json } from './built.ts';
import { isJson } from './field-path.ts';
import { selectedBy } from './selector.ts';

/** What a replacement lacks, whatever the objects are; null where it is whole. */
export function lackOf({ source, sourceValue, targets }: Mapping): string | null {
  const isWhole = (source === undefined) !== (sourceValue === undefined) && targets !== undefined;
  return isWhole ? null : 'a replacement has a source or a sourceValue, and targets';
}

/** Copies a field of one object into fields of others; why it cannot, or null. */
export function applyReplacement(all: readonly Built[], replacement: Mapping): string | null {
  const { source, sourceValue, targets } = replacement;
  const found = source === undefined ? { value: sourceValue } : sourceOf(all, mapping(source));
  if ('fault' in found) return found.fault;
  for (const target of list(targets).map(mapping)) {
    if (target.select === undefined) return 'a target needs select';
    const rejected = new Set(list(target.reject).flatMap((one) => selectedBy(mapping(one), all)));
    for (const built of selectedBy(mapping(target.select), all)) {
      if (rejected.has(built)) continue;
      const paths = target.fieldPaths === undefined ? ['metadata.name'] : list(target.fieldPaths);
      for (const path of paths) {
        const options = mapping(target.options);
        if (!write(built.object, split(String(path)), found.value, options)) {
          return `no field "${String(path)}" in the target`;
        }
      }
    }
  }
  return null;
}

function sourceOf(
  all: readonly Built[],
  source: Mapping,
): { readonly value: unknown } | { readonly fault: string } {
  const exact = Object.fromEntries(
    Object.entries(source)
      .filter(([key]) => /^(?:group|version|kind|name|namespace)$/.test(key))
      .map(([key, value]) => [key, String(value).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')]),
  );
  const [only, another] = selectedBy(exact, all);
  if (!only) return { fault: 'nothing is the source' };
  if (another) return { fault: 'several objects are the source' };
  const path = String(source.fieldPath ?? 'metadata.name');
  let value: unknown = only.object;
  for (const step of split(path)) value = stepInto(value, step)[0]?.value;
  if (value === undefined || value === null) return { fault: `the source has no field "${path}"` };
  const { delimiter, index = 0 } = mapping(source.options);
  if (typeof delimiter !== 'string' || delimiter === '') return { value };
  const part = String(value).split(delimiter)[Number(index)];
  return part === undefined
    ? { fault: `the source has no part ${String(index)}` }
    : { value: part };
}

type Place = {
  readonly holder: Json | unknown[];
  readonly key: string | number;
  readonly value: unknown;
};

/** What a step of a field path leads to: a key, `*` for all of a list, `[key=value]` for some of it. */
function stepInto(value: unknown, step: string): readonly Place[] {
  if (Array.isArray(value)) {
    const [, key = '', wanted] = /^\[([^=]+)=(.*)\]$/.exec(step) ?? [];
    return value.flatMap((item, index): readonly Place[] => {
      const fits =
        step === '*' ||
        step === String(index) ||
        (wanted !== undefined && isJson(item) && String(item[key]) === wanted);
      return fits ? [{ holder: value, key: index, value: item }] : [];
    });
  }
  if (!isJson(value)) return [];
  if (step === '*')
    return Object.keys(value).map((key) => ({ holder: value, key, value: value[key] }));
  return Object.hasOwn(value, step) ? [{ holder: value, key: step, value: value[step] }] : [];
}

function write(object: Json, path: readonly string[], value: unknown, options: Mapping): boolean {
  const last = path.at(-1);
  if (last === undefined) return false;
  let holders: readonly unknown[] = [object];
  for (const step of path.slice(0, -1)) {
    holders = holders.flatMap((holder) => {
      const found = stepInto(holder, step).map((place) => place.value);
      if (found.length > 0 || options.create !== true || !isJson(holder)) return found;
      const made: Json = {};
      holder[step] = made;
      return [made];
    });
  }
  const places = holders.flatMap((holder) => {
    const found = stepInto(holder, last);
    if (found.length > 0 || options.create !== true || !isJson(holder)) return found;
    return [{ holder, key: last, value: '' }];
  });
  for (const place of places) put(place, structuredClone(value), options);
  return places.length > 0;
}

function put({ holder, key, value: held }: Place, value: unknown, options: Mapping): void {
  const { delimiter, index = 0 } = options;
  let next = value;
  if (typeof delimiter === 'string' && delimiter !== '') {
    const parts = String(held).split(delimiter);
    const at = Number(index);
    if (at < 0) parts.unshift(String(value));
    else if (at >= parts.length) parts.push(String(value));
    else parts[at] = String(value);
    next = parts.join(delimiter);
  }
  (holder as Record<string | number, unknown>)[key] = next;
}

/** Dots part the steps, except within brackets and after a backslash. */
function split(path: string): readonly string[] {
  const steps = path.match(/(?:\\.|\[[^\]]*\]|[^.\\[])+/g) ?? [];
  // Brackets without `=` only keep the dots of a key together.
  return steps.map((step) => step.replace(/\\(.)/g, '$1').replace(/^\[([^=]*)\]$/, '$1'));
}
