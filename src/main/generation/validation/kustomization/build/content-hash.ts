import { createHash } from 'node:crypto';
import { mapping } from '../../plain.ts';
import { type Built, idOf } from './built.ts';
import { isJson } from './field-path.ts';

/** Letters that Kustomize puts in place of digits and vowels, so that a hash is no word. */
const instead: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' };

/** The ten characters that Kustomize adds to the name of a generated ConfigMap or Secret (api/hasher). */
export function contentHash(built: Built): string {
  const { object } = built;
  const { kind } = idOf(built);
  const more = kind === 'Secret' ? 'stringData' : 'binaryData';
  const hashed = {
    kind,
    // Kustomize 5 looks the name up where it is not, so that it never counts.
    name: '',
    data: object.data ?? '',
    ...(isJson(object[more]) ? { [more]: object[more] } : {}),
    ...(kind === 'Secret' ? { type: object.type ?? '' } : {}),
  };
  const digest = createHash('sha256').update(goJson(hashed)).digest('hex').slice(0, 10);
  return [...digest].map((letter) => instead[letter] ?? letter).join('');
}

/** JSON as Go writes it: keys in order, and what HTML would read escaped. */
function goJson(value: unknown): string {
  if (!isJson(value)) {
    return JSON.stringify(value ?? null).replace(
      /[<>&\u2028\u2029]/g,
      (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  }
  const keys = Object.keys(mapping(value)).sort(byBytes);
  return `{${keys.map((key) => `${goJson(key)}:${goJson(value[key])}`).join(',')}}`;
}

const byBytes = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
