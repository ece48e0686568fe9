import { posix } from 'node:path';
import { list, type Mapping, mapping } from '../../plain.ts';
import type { Json } from './built.ts';
import { isBelow, type ProjectFiles } from './project-files.ts';

/** What a generator collects, and what it could not. */
export type GeneratedData = {
  readonly data: Readonly<Record<string, string>>;
  readonly faults: readonly { readonly at: readonly (string | number)[]; readonly text: string }[];
  /** Sources that could not be read, because they are not known here. */
  readonly unknown: readonly { readonly at: readonly (string | number)[]; readonly path: string }[];
};

/** The keys and values of an entry of configMapGenerator or secretGenerator, as Kustomize reads its sources. */
export function generatedData(entry: Mapping, folder: string, files: ProjectFiles): GeneratedData {
  const data: Record<string, string> = {};
  const faults: { at: (string | number)[]; text: string }[] = [];
  const unknown: { at: (string | number)[]; path: string }[] = [];
  const put = (key: string, value: string, at: (string | number)[]): void => {
    if (Object.hasOwn(data, key)) faults.push({ at, text: `the key "${key}" is there twice` });
    else if (!/^[-._a-zA-Z0-9]+$/.test(key)) faults.push({ at, text: `"${key}" is no key` });
    else data[key] = value;
  };
  const read = (path: string, at: (string | number)[]): string | null => {
    const full = posix.join(folder, path);
    if (!isBelow(full, folder)) faults.push({ at, text: `"${path}" is outside of the folder` });
    const text = files.text(full);
    if (text === null) unknown.push({ at, path: full });
    return text;
  };
  const envs = [...list(entry.envs), ...(entry.env === undefined ? [] : [entry.env])];
  for (const [index, path] of envs.entries()) {
    const at = entry.envs === undefined ? ['env'] : ['envs', index];
    const text = typeof path === 'string' ? read(path, at) : null;
    for (const [key, value] of text === null ? [] : envLines(text)) put(key, value, at);
  }
  for (const [index, literal] of list(entry.literals).entries()) {
    const at = ['literals', index];
    const [, key, value = ''] = /^([^=]+)=([\s\S]*)$/.exec(String(literal)) ?? [];
    if (key === undefined) faults.push({ at, text: 'a literal is of the form key=value' });
    else put(key, unquoted(value), at);
  }
  for (const [index, source] of list(entry.files).entries()) {
    const at = ['files', index];
    const [first = '', second] = String(source).split('=');
    const path = second ?? first;
    const text = read(path, at);
    if (text !== null) put(second === undefined ? posix.basename(path) : first, text, at);
  }
  return { data, faults, unknown };
}

/** The object that a generator makes; a Secret's values are in base64. */
export function generatedObject(
  kind: 'ConfigMap' | 'Secret',
  entry: Mapping,
  options: Mapping,
  data: GeneratedData['data'],
): Json {
  const labels = { ...mapping(options.labels), ...mapping(mapping(entry.options).labels) };
  const annotations = {
    ...mapping(options.annotations),
    ...mapping(mapping(entry.options).annotations),
  };
  const immutable = options.immutable === true || mapping(entry.options).immutable === true;
  const encode = (text: string) => Buffer.from(text, 'utf8').toString('base64');
  const values = Object.entries(data).map(([key, text]) => [
    key,
    kind === 'Secret' ? encode(text) : text,
  ]);
  return {
    apiVersion: 'v1',
    kind,
    metadata: {
      name: entry.name,
      ...(typeof entry.namespace === 'string' ? { namespace: entry.namespace } : {}),
      ...(Object.keys(labels).length > 0 ? { labels } : {}),
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
    },
    ...(kind === 'Secret' ? { type: entry.type ?? 'Opaque' } : {}),
    ...(values.length > 0 ? { data: Object.fromEntries(values) } : {}),
    ...(immutable ? { immutable } : {}),
  };
}

/** `KEY=value` lines; what has no `=` would come from the environment of who builds. */
function envLines(text: string): readonly (readonly [string, string])[] {
  return text.split('\n').flatMap((raw) => {
    const line = raw.trimStart().replace(/\r$/, '');
    if (line === '' || line.startsWith('#')) return [];
    const at = line.indexOf('=');
    return at < 0 ? [[line, ''] as const] : [[line.slice(0, at), line.slice(at + 1)] as const];
  });
}

function unquoted(text: string): string {
  const [first = '', last = ''] = [text[0], text.at(-1)];
  return text.length >= 2 && first === last && /["']/.test(first) ? text.slice(1, -1) : text;
}
