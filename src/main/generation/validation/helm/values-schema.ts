import { Ajv, type AnySchema, type ErrorObject, type ValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { mapping } from '../plain.ts';
import { quote } from '../report.ts';

/** One fault that the schema finds in the values. */
export type ValuesProblem = { readonly path: readonly string[]; readonly message: string };

/** What a schema says of values; or why it is none, and where within it. */
export type SchemaVerdict =
  | { readonly type: 'judged'; readonly problems: readonly ValuesProblem[] }
  | { readonly type: 'no-schema'; readonly path: readonly string[]; readonly message: string }
  | { readonly type: 'unknown'; readonly message: string };

type Compiled = ValidateFunction | Exclude<SchemaVerdict, { readonly type: 'judged' }>;

/** The schema that was compiled last, by its text: a chart's files are judged one after the other. */
let last: { readonly text: string; readonly compiled: Compiled } | null = null;

/** Holds values against a JSON schema given as text. Other addresses that it refers to are not asked. */
export function checkValues(schema: string, values: unknown): SchemaVerdict {
  if (last?.text !== schema) last = { text: schema, compiled: compile(JSON.parse(schema)) };
  const { compiled } = last;
  if (typeof compiled !== 'function') return compiled;
  if (compiled(values)) return { type: 'judged', problems: [] };
  return { type: 'judged', problems: problemsOf(compiled.errors ?? []) };
}

function compile(schema: unknown): Compiled {
  const dialect = String(mapping(schema).$schema ?? '');
  const Dialect = dialect.includes('2020-12')
    ? Ajv2020
    : dialect.includes('2019-09')
      ? Ajv2019
      : Ajv;
  const ajv = new Dialect({
    allErrors: true,
    strict: false,
    validateFormats: false,
    logger: false,
    verbose: true,
  });
  // Older drafts differ little from draft 7; what does is told as unknown.
  const isKnown = /2020-12|2019-09|draft-07|^$/.test(dialect);
  const { $schema: _, ...bare } = mapping(schema);
  const given = typeof schema === 'boolean' || (isKnown && dialect !== '') ? schema : bare;
  try {
    if (isKnown && ajv.validateSchema(given as AnySchema) === false) {
      const [error] = ajv.errors ?? [];
      const path = pointer(error?.instancePath ?? '');
      const message = `${error?.instancePath || 'It'} ${error?.message ?? 'is wrong'}`;
      return { type: 'no-schema', path, message };
    }
    return ajv.compile(given as AnySchema);
  } catch (cause) {
    return { type: 'unknown', message: cause instanceof Error ? cause.message : String(cause) };
  }
}

function problemsOf(errors: readonly ErrorObject[]): readonly ValuesProblem[] {
  // A choice fails by each of its branches; they say what is wrong better than the choice does.
  const told = errors.filter(({ keyword }) => keyword !== 'if');
  const seen = new Set<string>();
  return told.flatMap((error) => {
    const path = pointer(error.instancePath);
    const extra: unknown = error.params.additionalProperty;
    const full = typeof extra === 'string' ? [...path, extra] : path;
    const place = full.join('.') || 'The root';
    if (seen.has(place)) return [];
    seen.add(place);
    return [{ path: full, message: `${quote(place, 100)} ${wording(error)}.` }];
  });
}

function wording({ keyword, params, message = 'is wrong', data }: ErrorObject): string {
  switch (keyword) {
    case 'additionalProperties':
      return 'is not in the schema. Is it misspelt?';
    case 'enum':
      return `must be one of ${list(params.allowedValues)}, and is ${JSON.stringify(data)?.slice(0, 60)}`;
    case 'type':
      return `must be ${list([params.type].flat())}, and is ${JSON.stringify(data)?.slice(0, 60)}`;
    default:
      return message;
  }
}

function list(values: readonly unknown[]): string {
  return values.map(String).join(', ').slice(0, 200);
}

function pointer(path: string): readonly string[] {
  return path
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
