import { type Mapping, mapping } from '../../plain.ts';
import { type Built, idsOf } from './built.ts';

const parts = ['group', 'version', 'kind', 'name', 'namespace'] as const;

/** Why a selector can select nothing at all, or null. */
export function faultOfSelector(selector: Mapping): string | null {
  for (const part of parts) {
    const pattern = selector[part];
    if (typeof pattern === 'string' && compile(pattern) === null) return `${part}: ${pattern}`;
  }
  return null;
}

/**
 * The objects that a `target` or `select` means. Its parts are regular expressions that fit a whole
 * name, present or earlier; label and annotation selectors are of the form `key=value`.
 */
export function selectedBy(selector: Mapping, all: readonly Built[]): readonly Built[] {
  const tests = parts.flatMap((part) => {
    const pattern = selector[part];
    const compiled = typeof pattern === 'string' && pattern !== '' ? compile(pattern) : null;
    if (compiled === null) return [];
    // Most are plain names, and a tree of hundreds of services has as many patches as objects.
    const fits = /^[\w-]+$/.test(String(pattern))
      ? (text: string) => text === pattern
      : (text: string) => compiled.test(text);
    return [{ part, fits }];
  });
  return all.filter(
    (built) =>
      idsOf(built).some((id) => tests.every((test) => test.fits(id[test.part]))) &&
      fits(selector.labelSelector, built, 'labels') &&
      fits(selector.annotationSelector, built, 'annotations'),
  );
}

/** Patterns come from files: a long one, or one with nested repetition, could run for ever. */
function compile(pattern: string): RegExp | null {
  if (pattern.length > 300 || /[+*}]\)?[+*{]/.test(pattern)) return null;
  try {
    return new RegExp(`^(?:${pattern.replace(/^\^|\$$/g, '')})$`);
  } catch {
    return null;
  }
}

function fits(wanted: unknown, { object }: Built, field: 'labels' | 'annotations'): boolean {
  if (typeof wanted !== 'string' || wanted.trim() === '') return true;
  const held = mapping(mapping(object.metadata)[field]);
  return requirements(wanted).every((part) => {
    const set = /^(\S+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(part);
    if (set) {
      const [, key = '', how, values = ''] = set;
      const among = values.split(',').some((value) => value.trim() === held[key]);
      return how === 'in' ? among : !among;
    }
    const unequal = /^([^!=\s]+)\s*!=\s*(.*)$/.exec(part);
    if (unequal) return held[unequal[1] ?? ''] !== unequal[2];
    const equal = /^([^!=\s]+)\s*==?\s*(.*)$/.exec(part);
    if (equal) return held[equal[1] ?? ''] === equal[2];
    return part.startsWith('!')
      ? held[part.slice(1).trim()] === undefined
      : held[part] !== undefined;
  });
}

/** Commas part requirements, except within the brackets of a set. */
function requirements(selector: string): readonly string[] {
  return (selector.match(/(?:[^,(]|\([^)]*\))+/g) ?? []).map((part) => part.trim());
}
