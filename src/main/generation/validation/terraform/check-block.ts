import type { Severity } from '#shared/artifact.ts';
import { quote } from '../report.ts';
import { didYouMean } from '../suggest.ts';
import { misfit } from './check-value.ts';
import type { Say } from './context.ts';
import { attributeOf, literal } from './hcl/read-values.ts';
import type { Block, Expression } from './hcl/syntax.ts';
import type { ArgumentSchema, BlockSchema } from './schema.ts';

/** How a block is held against its provider's schema. */
export type Check = {
  readonly say: Say;
  /** `warning` where the module's constraint keeps out the version that the schema is of. */
  readonly severity: Severity;
  /** The same of names that are not known: an argument of a later version may be known by name alone. */
  readonly unknown: { readonly severity: Severity; readonly later: ReadonlySet<string> };
  readonly url: string;
  /** Arguments and blocks that Terraform adds to what the provider knows. */
  readonly metaArguments: ReadonlySet<string>;
  readonly metaBlocks: ReadonlySet<string>;
  /** Whether what is required may stand in another file: so in override files. */
  readonly isPartial: boolean;
};

const none: ReadonlySet<string> = new Set();

/** Holds a block against its schema: unknown, missing, of a wrong type, too few or too many. */
export function checkBlock(block: Block, name: string, schema: BlockSchema, check: Check): void {
  const { say, severity, unknown, url, isPartial } = check;
  const attributes = schema.a ?? {};
  const blocks = schema.b ?? {};
  for (const { name: key, value, line } of block.body.attributes) {
    if (check.metaArguments.has(key)) continue;
    const known = Object.hasOwn(attributes, key) ? attributes[key] : undefined;
    if (known !== undefined) checkArgument(key, value, line, known, check);
    else if (Object.hasOwn(blocks, key)) {
      say(
        'unknown-argument',
        severity,
        line,
        `${quote(key)} is a block: write ${key} { … }, without "=".`,
        url,
      );
    } else if (schema.o?.split(' ').includes(key)) {
      say(
        'unknown-argument',
        severity,
        line,
        `${quote(key)} is set by the provider. Remove it.`,
        url,
      );
    } else if (!unknown.later.has(key)) {
      const hint =
        didYouMean(key, [...Object.keys(attributes), ...Object.keys(blocks)]) ||
        ' Remove it, or move it to where it belongs.';
      say(
        'unknown-argument',
        unknown.severity,
        line,
        `${name} has no argument ${quote(key)}.${hint}`,
        url,
      );
    }
  }
  const counts = new Map<string, number>();
  for (const one of block.body.blocks) checkInner(one, name, schema, check, counts);
  if (isPartial) return;
  for (const [key, known] of Object.entries(attributes)) {
    const isRequired = typeOf(known).includes('!');
    if (!isRequired || attributeOf(block.body, key) || counts.has(key)) continue;
    say('missing-argument', severity, block.line, `${name} needs ${quote(key)}. Add it.`, url);
  }
  for (const [key, { min = 0, max = Infinity }] of Object.entries(blocks)) {
    const count = counts.get(key) ?? 0;
    if (count < min)
      say(
        'missing-block',
        severity,
        block.line,
        `${name} needs a block ${quote(key)}. Add ${key} { … }.`,
        url,
      );
    else if (count > max && count !== Infinity) {
      say(
        'too-many-blocks',
        severity,
        block.line,
        `${name} takes ${max} ${key} ${max === 1 ? 'block' : 'blocks'}, and has ${count}.`,
        url,
      );
    }
  }
}

/** A block within one; `counts` gets how many of its name there are, Infinity where that is dynamic. */
function checkInner(
  one: Block,
  name: string,
  schema: BlockSchema,
  check: Check,
  counts: Map<string, number>,
): void {
  const { say, severity, unknown, url } = check;
  if (check.metaBlocks.has(one.name)) return;
  const isDynamic = one.name === 'dynamic';
  const key = isDynamic ? (one.labels[0] ?? '') : one.name;
  counts.set(key, isDynamic ? Infinity : (counts.get(key) ?? 0) + 1);
  const inner = innerSchema(schema, key);
  if (inner === null) {
    if (unknown.later.has(key)) return;
    const isArgument = Object.hasOwn(schema.a ?? {}, key);
    const hint = isArgument
      ? ` It is an argument: write ${key} = …`
      : didYouMean(key, Object.keys(schema.b ?? {})) ||
        ' Remove it, or move it to where it belongs.';
    say(
      'unknown-block',
      isArgument ? severity : unknown.severity,
      one.line,
      `${name} has no block ${quote(key)}.${hint}`,
      url,
    );
    return;
  }
  if (inner.deprecated)
    say(
      'deprecated',
      'warning',
      one.line,
      `${quote(key)} is deprecated. See what takes its place.`,
      url,
    );
  const within: Check = { ...check, metaArguments: none, metaBlocks: none };
  if (!isDynamic) {
    if (one.labels.length > 0)
      say(
        'labels',
        severity,
        one.line,
        `The block ${quote(key)} has no labels. Remove ${quote(one.labels[0] ?? '')}.`,
        url,
      );
    checkBlock(one, key, inner, within);
    return;
  }
  const content = one.body.blocks.find((block) => block.name === 'content');
  if (content) checkBlock(content, key, inner, within);
}

/** The schema of an inner block; also of an argument that may be written as blocks. */
function innerSchema(schema: BlockSchema, key: string): BlockSchema | null {
  const block = Object.hasOwn(schema.b ?? {}, key) ? schema.b?.[key] : undefined;
  if (block) return block;
  const argument = Object.hasOwn(schema.a ?? {}, key) ? schema.a?.[key] : undefined;
  return typeof argument === 'object' && argument.block ? argument.of : null;
}

function typeOf(argument: ArgumentSchema): string {
  return typeof argument === 'string' ? argument : argument.type;
}

function checkArgument(
  key: string,
  value: Expression,
  line: number,
  known: ArgumentSchema,
  check: Check,
): void {
  const { say, severity, url } = check;
  const type = typeOf(known);
  const found = misfit(value, type);
  if (found) say('wrong-type', severity, found.line, `${quote(key)} must be ${found.wanted}.`, url);
  if (type.includes('~'))
    say(
      'deprecated',
      'warning',
      line,
      `${quote(key)} is deprecated. See what takes its place.`,
      url,
    );
  if (typeof known === 'string' || known.block) return;
  const objects =
    value.type === 'object'
      ? type.startsWith('map')
        ? value.items.map((item) => item.value)
        : [value]
      : value.type === 'tuple'
        ? value.items
        : [];
  for (const object of objects) checkObject(object, key, known.of, check);
}

/** An object where a nested attribute stands: its fields and what they must hold. */
function checkObject(object: Expression, name: string, schema: BlockSchema, check: Check): void {
  if (object.type !== 'object') return;
  const { say, severity, url } = check;
  const keys = object.items.map((item) => literal(item.key));
  for (const { key, value, line } of object.items) {
    const word = literal(key);
    if (typeof word !== 'string') continue;
    const known = Object.hasOwn(schema.a ?? {}, word) ? schema.a?.[word] : undefined;
    if (known !== undefined) checkArgument(word, value, line, known, check);
    else if (!schema.o?.split(' ').includes(word) && !check.unknown.later.has(word)) {
      const hint = didYouMean(word, Object.keys(schema.a ?? {})) || ' Remove it.';
      say(
        'unknown-argument',
        check.unknown.severity,
        line,
        `${name} has no ${quote(word)}.${hint}`,
        url,
      );
    }
  }
  if (keys.includes(undefined)) return;
  for (const [key, known] of Object.entries(schema.a ?? {})) {
    if (typeOf(known).includes('!') && !keys.includes(key)) {
      say('missing-argument', severity, object.line, `${name} needs ${quote(key)}. Add it.`, url);
    }
  }
}
