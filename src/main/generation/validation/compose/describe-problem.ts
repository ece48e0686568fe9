import { quote } from '../report.ts';
import { didYouMean } from '../suggest.ts';
import type { SchemaProblem } from './schema.ts';

const typeNames: Readonly<Record<string, string>> = {
  object: 'a mapping',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'empty',
};

/** A schema problem as a sentence that says what is wrong and what to write instead. */
export function describeProblem({ path, error }: SchemaProblem): string {
  const name = quote(path.length === 0 ? 'the file' : path.join('.'), 100);
  switch (error.keyword) {
    case 'additionalProperties': {
      const extra = String(error.params.additionalProperty);
      const known = Object.keys((error.parentSchema?.properties as object | undefined) ?? {});
      const place = path.length < 2 ? 'the top level' : quote(path.slice(0, -1).join('.'), 100);
      const hint = didYouMean(extra, known);
      return `Compose knows no ${quote(extra)} in ${place}.${hint === '' ? ' Remove it, or begin its name with x-.' : hint}`;
    }
    case 'required':
      return `${name} needs ${quote(String(error.params.missingProperty))}. Add it.`;
    case 'type': {
      const types = [error.params.type]
        .flat()
        .map((type) => typeNames[String(type)] ?? String(type));
      return `${name} must be ${types.join(' or ')}, and is ${describeValue(error.data)}.`;
    }
    case 'enum': {
      const allowed = (error.params.allowedValues as readonly unknown[]).map(String);
      const hint = didYouMean(String(error.data), allowed);
      return `${name} must be one of ${allowed.join(', ')}, and is ${describeValue(error.data)}.${hint}`;
    }
    case 'uniqueItems':
      return `${name} lists the same value twice. Remove one.`;
    case 'pattern':
      return `${name} is ${describeValue(error.data)}, which is not of the form ${String(error.params.pattern).slice(0, 80)}.`;
    default:
      return `${name} ${error.message ?? 'is not what Compose takes'}.`;
  }
}

function describeValue(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  return typeof value === 'string' ? `the text ${quote(value, 40)}` : String(value);
}
