import { quote } from '../report.ts';
import { literal } from './hcl/read-values.ts';
import type { Expression } from './hcl/syntax.ts';

const names: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  bool: 'true or false',
  list: 'a list',
  map: 'a map',
  object: 'an object',
};

/** Why a value that stands there is not of the type, with what it must be; null where it may be. */
export function misfit(
  value: Expression,
  type: string,
): { readonly line: number; readonly wanted: string } | null {
  const [, word = type, held = 'any'] = /^(\w+)(?:\((\w+)\))?/.exec(type) ?? [];
  const wrong = { line: value.line, wanted: `${names[word] ?? word}, and is ${describe(value)}` };
  const plain = literal(value);
  if (plain === null) return null;
  const isCollection = value.type === 'tuple' || value.type === 'object';
  switch (word) {
    case 'string':
      return isCollection ? wrong : null;
    case 'number':
      if (isCollection || typeof plain === 'boolean') return wrong;
      return typeof plain === 'string' && !/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(plain)
        ? wrong
        : null;
    case 'bool':
      if (isCollection || typeof plain === 'number') return wrong;
      return typeof plain === 'string' && !/^(?:true|false)$/.test(plain) ? wrong : null;
    case 'list':
      if (plain !== undefined || value.type === 'object' || value.type === 'template') return wrong;
      return value.type === 'tuple' ? first(value.items, held) : null;
    case 'map':
      if (plain !== undefined || value.type === 'tuple') return wrong;
      return value.type === 'object'
        ? first(
            value.items.map((item) => item.value),
            held,
          )
        : null;
    case 'object':
      return plain !== undefined || value.type === 'tuple' ? wrong : null;
    default:
      return null;
  }
}

function first(values: readonly Expression[], held: string): ReturnType<typeof misfit> {
  for (const value of values) {
    const found = misfit(value, held);
    if (found !== null) return found;
  }
  return null;
}

function describe(value: Expression): string {
  const plain = literal(value);
  if (typeof plain === 'string') return `the text ${quote(plain, 40)}`;
  if (plain !== undefined) return String(plain);
  return (
    { tuple: 'a list', object: 'an object', template: 'a text' }[value.type as 'tuple'] ??
    'something else'
  );
}
