import { quote } from '../report.ts';
import { didYouMean } from '../suggest.ts';
import { holders, innerShapes, type Shape, shapes } from './block-shapes.ts';
import type { Context, Say } from './context.ts';
import { attributeOf, literal } from './hcl/read-values.ts';
import type { Block } from './hcl/syntax.ts';

const identifier = /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u;
const words = (text: string): readonly string[] => (text === '' ? [] : text.split(' '));

/** The blocks of a file: known ones, with the right labels and what belongs into them. */
export function judgeStructure({ file, say }: Context): void {
  const { attributes, blocks } = file.hcl.body;
  for (const { name, line } of attributes) {
    const message = `${quote(name)} stands outside of every block. Move it into the one that it belongs to, such as locals.`;
    say('unknown-argument', 'error', line, message, '/syntax/configuration');
  }
  for (const block of blocks) {
    const shape = Object.hasOwn(shapes, block.name) ? shapes[block.name] : undefined;
    if (shape === undefined) {
      const hint = didYouMean(block.name, Object.keys(shapes)) || ' Remove it.';
      const message = `Terraform has no block ${quote(block.name)} here.${hint}`;
      say('unknown-block', 'error', block.line, message, '/syntax/configuration');
    } else {
      judgeLabels(block, shape, say);
      judgeContent(block, shape, say, file.isOverride);
    }
  }
}

function judgeLabels(block: Block, shape: Shape, say: Say): void {
  const { labels, name, line } = block;
  if (labels.length !== shape.labels.length) {
    const wanted = shape.labels.map((label) => `"${label.toUpperCase()}"`).join(' ');
    const message = `A ${name} block is written ${[name, wanted].filter(Boolean).join(' ')} { … }, with ${shape.labels.length} labels, and has ${labels.length}.`;
    say('labels', 'error', line, message, shape.page);
    return;
  }
  for (const label of labels) {
    if (identifier.test(label)) continue;
    const message = `${quote(label)} is no name: a letter or underscore comes first, then letters, digits, "_" and "-".`;
    say('invalid-name', 'error', line, message, '/syntax/configuration#identifiers');
  }
}

function judgeContent(block: Block, shape: Shape, say: Say, isOverride: boolean): void {
  const { body, name, line } = block;
  const known = words(shape.arguments);
  const knownBlocks = words(shape.blocks);
  for (const { name: key, line: at } of body.attributes) {
    if (shape.open || known.includes(key)) continue;
    const message = knownBlocks.includes(key)
      ? `${quote(key)} is a block in ${name}: write it as ${key} { … }, without "=".`
      : `A ${name} block has no argument ${quote(key)}.${didYouMean(key, known) || ' Remove it.'}`;
    say('unknown-argument', 'error', at, message, shape.page);
  }
  for (const key of isOverride ? [] : words(shape.required ?? '')) {
    if (attributeOf(body, key)) continue;
    say(
      'missing-argument',
      'error',
      line,
      `This ${name} block needs ${quote(key)}. Add it.`,
      shape.page,
    );
  }
  for (const one of body.blocks) {
    const innerShape = holders[name]?.includes(one.name) ? innerShapes[one.name] : undefined;
    if (innerShape !== undefined) judgeContent(one, innerShape, say, isOverride);
    else if (!shape.open && !knownBlocks.includes(one.name)) {
      const hint = known.includes(one.name)
        ? ` It is an argument: write ${one.name} = …`
        : didYouMean(one.name, knownBlocks) || ' Remove it.';
      say(
        'unknown-block',
        'error',
        one.line,
        `A ${name} block has no block ${quote(one.name)}.${hint}`,
        shape.page,
      );
    }
  }
  judgeMeta(block, say);
}

/** `count`, `for_each` and the switches of `lifecycle`, as far as their values stand there. */
function judgeMeta({ name, body }: Block, say: Say): void {
  const count = attributeOf(body, 'count');
  const each = attributeOf(body, 'for_each');
  const isObject = /^(?:resource|data|module|ephemeral|action)$/.test(name);
  if (isObject && count && each) {
    const message = 'A block has count or for_each, not both. Remove one.';
    say('count-and-for-each', 'error', each.line, message, '/meta-arguments/for_each');
  }
  if (isObject && each && (each.value.type === 'tuple' || isPlain(literal(each.value)))) {
    const message = 'for_each needs a map or a set of texts. Wrap the list in toset(…).';
    say('for-each', 'error', each.line, message, '/meta-arguments/for_each');
  }
  const number = literal(count?.value);
  if (isObject && count && number !== undefined) {
    const isWhole =
      Number.isInteger(Number(number)) &&
      Number(number) >= 0 &&
      number !== null &&
      typeof number !== 'boolean';
    if (!isWhole)
      say(
        'count',
        'error',
        count.line,
        'count needs a whole number that is not negative.',
        '/meta-arguments/count',
      );
  }
  const depends = attributeOf(body, 'depends_on');
  if ((isObject || name === 'output') && depends) {
    const { value, line } = depends;
    const isFine =
      value.type === 'tuple' &&
      value.items.every((item) => item.type === 'reference' || item.type === 'literal');
    if (!isFine) {
      const message = 'depends_on is a list of resources and modules, such as [aws_iam_role.task].';
      say('depends-on', 'error', line, message, '/meta-arguments/depends_on');
    }
  }
  if (name !== 'lifecycle') return;
  for (const key of ['create_before_destroy', 'prevent_destroy']) {
    const attribute = attributeOf(body, key);
    if (
      !attribute ||
      typeof literal(attribute.value) === 'boolean' ||
      /^(?:true|false)$/.test(String(literal(attribute.value)))
    )
      continue;
    const message = `${key} must be true or false, written out: Terraform reads it before it knows any value.`;
    say(
      'lifecycle',
      'error',
      attribute.line,
      message,
      '/meta-arguments/lifecycle#literal-values-only',
    );
  }
  const ignored = attributeOf(body, 'ignore_changes');
  if (
    ignored &&
    ignored.value.type !== 'tuple' &&
    !(ignored.value.type === 'reference' && ignored.value.root === 'all')
  ) {
    say(
      'lifecycle',
      'error',
      ignored.line,
      'ignore_changes is a list of arguments, or the word all.',
      '/meta-arguments/lifecycle#ignore_changes',
    );
  }
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
