import { quote } from '../report.ts';
import { didYouMean } from '../suggest.ts';
import type { Context, Say } from './context.ts';
import { attributeOf, literal } from './hcl/read-values.ts';
import type { Block } from './hcl/syntax.ts';

/** What a block of Terraform's own holds; `open` where the rest is a module's or provider's affair. */
type Shape = {
  readonly labels: readonly string[];
  readonly page: string;
  readonly arguments: string;
  readonly required?: string;
  readonly blocks: string;
  readonly open?: true;
};

const meta = 'count for_each depends_on';
const shapes: Readonly<Record<string, Shape>> = {
  terraform: {
    labels: [],
    page: '/terraform',
    arguments: 'required_version experiments language',
    blocks: 'required_providers backend cloud provider_meta',
  },
  provider: {
    labels: ['name'],
    page: '/providers/configuration',
    arguments: '',
    blocks: '',
    open: true,
  },
  variable: {
    labels: ['name'],
    page: '/values/variables',
    arguments: 'type default description sensitive nullable ephemeral deprecated const',
    blocks: 'validation',
  },
  locals: { labels: [], page: '/values/locals', arguments: '', blocks: '', open: true },
  output: {
    labels: ['name'],
    page: '/values/outputs',
    arguments: 'value type description sensitive ephemeral depends_on deprecated',
    required: 'value',
    blocks: 'precondition',
  },
  module: {
    labels: ['name'],
    page: '/modules/syntax',
    arguments: `source version providers ${meta}`,
    required: 'source',
    blocks: '',
    open: true,
  },
  resource: {
    labels: ['type', 'name'],
    page: '/resources/syntax',
    arguments: meta,
    blocks: '',
    open: true,
  },
  data: {
    labels: ['type', 'name'],
    page: '/data-sources',
    arguments: meta,
    blocks: '',
    open: true,
  },
  ephemeral: {
    labels: ['type', 'name'],
    page: '/resources/ephemeral',
    arguments: meta,
    blocks: '',
    open: true,
  },
  action: {
    labels: ['type', 'name'],
    page: '/block/action',
    arguments: 'count for_each provider',
    blocks: 'config',
  },
  moved: {
    labels: [],
    page: '/modules/develop/refactoring',
    arguments: 'from to',
    required: 'from to',
    blocks: '',
  },
  import: {
    labels: [],
    page: '/import',
    arguments: 'to id identity for_each provider',
    required: 'to',
    blocks: '',
  },
  removed: {
    labels: [],
    page: '/resources/syntax#removing-resources',
    arguments: 'from',
    required: 'from',
    blocks: 'lifecycle provisioner connection',
  },
  check: { labels: ['name'], page: '/checks', arguments: '', blocks: 'data assert' },
};

const inner: Readonly<Record<string, Shape>> = {
  validation: {
    labels: [],
    page: '/values/variables#custom-validation-rules',
    arguments: 'condition error_message',
    required: 'condition error_message',
    blocks: '',
  },
  precondition: {
    labels: [],
    page: '/expressions/custom-conditions',
    arguments: 'condition error_message',
    required: 'condition error_message',
    blocks: '',
  },
  postcondition: {
    labels: [],
    page: '/expressions/custom-conditions',
    arguments: 'condition error_message',
    required: 'condition error_message',
    blocks: '',
  },
  assert: {
    labels: [],
    page: '/checks',
    arguments: 'condition error_message',
    required: 'condition error_message',
    blocks: '',
  },
  lifecycle: {
    labels: [],
    page: '/meta-arguments/lifecycle',
    arguments:
      'create_before_destroy prevent_destroy ignore_changes replace_triggered_by enabled destroy',
    blocks: 'precondition postcondition action_trigger',
  },
};

/** Where an inner shape applies: `lifecycle` of a provider's own block, say, is not Terraform's. */
const holders: Readonly<Record<string, readonly string[]>> = {
  variable: ['validation'],
  output: ['precondition'],
  check: ['assert'],
  resource: ['lifecycle'],
  data: ['lifecycle'],
  ephemeral: ['lifecycle'],
  removed: ['lifecycle'],
  lifecycle: ['precondition', 'postcondition'],
};

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
    const innerShape = holders[name]?.includes(one.name) ? inner[one.name] : undefined;
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
