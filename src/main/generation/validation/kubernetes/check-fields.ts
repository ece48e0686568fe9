import { mapping } from '../plain.ts';
import { quote } from '../report.ts';
import { didYouMean } from '../suggest.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';
import type { Resource } from './resource.ts';
import type { FieldType, KubernetesSchema } from './schema.ts';

const simpleTypes: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  quantity: 'a quantity such as 500m or 128Mi',
  'int-or-string': 'a whole number or a text',
  'date-time': 'a time such as 2026-01-31T12:00:00Z',
};

const quantity = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;

/**
 * Holds an object against its definition, strictly: unknown fields, wrong types, missing fields and
 * values outside an enumeration are each a finding on their own line.
 */
export function checkFields(
  resource: Resource,
  definition: string,
  schema: KubernetesSchema,
): void {
  const { apiVersion, kind } = resource;
  const url = `https://kubernetes.io/docs/reference/generated/kubernetes-api/v${schema.kubernetes}/#${kind.toLowerCase()}-${(apiVersion.split('/').at(-1) ?? '').toLowerCase()}-${apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '').replaceAll('.', '-') : 'core'}`;
  const wrong = (path: YamlPath, wanted: string, value: unknown, hint = ''): void =>
    resource.say(
      'wrong-type',
      'error',
      path,
      `${quote(path.join('.'), 100)} must be ${wanted}, and is ${describe(value)}.${hint}`,
      url,
    );

  const walk = (value: unknown, type: FieldType, path: YamlPath): void => {
    // The API server drops a null as if the field were not there.
    if (value === null || value === undefined || type === 'any') return;
    if (typeof type !== 'string') {
      if ('enum' in type) {
        if (typeof value === 'string' && type.enum.includes(value)) return;
        const hint = didYouMean(String(value), type.enum);
        resource.say(
          'invalid-value',
          'error',
          path,
          `${quote(path.join('.'), 100)} must be one of ${type.enum.join(', ')}, and is ${describe(value)}.${hint}`,
          url,
        );
      } else if ('array' in type) {
        if (!Array.isArray(value)) wrong(path, 'a list', value, ' Begin each entry with a dash.');
        else
          value.forEach((item, index) => {
            if (item === null) wrong([...path, index], 'filled in', item);
            walk(item, type.array, [...path, index]);
          });
      } else if (!isObject(value)) wrong(path, 'a mapping', value);
      else for (const [key, held] of Object.entries(value)) walk(held, type.map, [...path, key]);
      return;
    }
    if (!type.startsWith('#')) {
      const hint = misfit(value, type);
      if (hint !== null) wrong(path, simpleTypes[type] ?? type, value, hint);
      return;
    }
    if (!isObject(value)) {
      wrong(path, 'a mapping', value);
      return;
    }
    const { fields, required = [] } = schema.defs[type.slice(1)] ?? { fields: {} };
    const place = path.length === 0 ? kind : quote(path.join('.'), 100);
    for (const [key, held] of Object.entries(value)) {
      if (Object.hasOwn(fields, key)) walk(held, fields[key] as FieldType, [...path, key]);
      else {
        const hint =
          didYouMean(key, Object.keys(fields)) || ' Remove it, or move it to where it belongs.';
        resource.say(
          'unknown-field',
          'error',
          [...path, key],
          `${place} has no field ${quote(key)}.${hint}`,
          url,
        );
      }
    }
    for (const key of required) {
      if (mapping(value)[key] === undefined || mapping(value)[key] === null) {
        resource.say('missing-field', 'error', path, `${place} needs ${quote(key)}. Add it.`, url);
      }
    }
  };
  walk(resource.value, `#${definition}`, []);
}

/** A hint where the value does not fit the simple type, or null where it does. */
function misfit(value: unknown, type: string): string | null {
  switch (type) {
    case 'string':
      if (typeof value === 'string') return null;
      return typeof value === 'number' || typeof value === 'boolean' ? ' Put it in quotes.' : '';
    case 'integer':
      if (Number.isInteger(value)) return null;
      return typeof value === 'string' && /^-?\d+$/.test(value) ? ' Remove the quotes.' : '';
    case 'number':
      return typeof value === 'number' ? null : '';
    case 'boolean':
      if (typeof value === 'boolean') return null;
      return typeof value === 'string' && /^(?:true|false)$/i.test(value)
        ? ' Remove the quotes.'
        : '';
    case 'int-or-string':
      return Number.isInteger(value) || typeof value === 'string' ? null : '';
    case 'quantity': {
      if (typeof value === 'number' || (typeof value === 'string' && quantity.test(value)))
        return null;
      const unit =
        typeof value === 'string'
          ? /^[\d.]+\s*([kKmMgGtT])[iI]?[bB]?$/.exec(value)?.[1]
          : undefined;
      return unit ? ` Units are written like ${unit.toUpperCase()}i.` : '';
    }
    case 'date-time':
      return typeof value === 'string' || value instanceof Date ? null : '';
    default:
      return null;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describe(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  return typeof value === 'string' ? `the text ${quote(value, 40)}` : String(value);
}
