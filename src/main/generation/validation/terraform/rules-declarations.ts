import { quote } from '../report.ts';
import { didYouMean } from '../suggest.ts';
import type { Context, Say } from './context.ts';
import { attributeOf, literal, literalOf } from './hcl/read-values.ts';
import type { Attribute, Block, Expression } from './hcl/syntax.ts';
import type { Declaration, TerraformModule } from './module.ts';
import { walkBlock } from './walk.ts';

const reserved = new Set([
  'source',
  'version',
  'providers',
  'count',
  'for_each',
  'lifecycle',
  'depends_on',
  'locals',
]);

/** What the file declares: each name once in the module, variables with sound types, and in use. */
export function judgeDeclarations(context: Context): void {
  const { file, module, say } = context;
  if (!file.isOverride) judgeDuplicates(context);
  for (const block of file.hcl.body.blocks) {
    const [name = ''] = block.labels;
    if (block.name !== 'variable') continue;
    if (reserved.has(name)) {
      const message = `A variable cannot be called ${quote(name)}, which means something in every module block. Rename it.`;
      say(
        'reserved-name',
        'error',
        block.line,
        message,
        '/values/variables#declaring-an-input-variable',
      );
    }
    judgeType(block, say);
  }
  if (module.isWhole) judgeUse(context);
}

function judgeDuplicates({ file, module, say }: Context): void {
  const twice = (
    what: string,
    item: Block | Attribute,
    first: Declaration<Block | Attribute> | undefined,
  ): void => {
    if (!first || first.item === item || first.file.isOverride) return;
    const place =
      first.file.path === file.path
        ? `line ${first.item.line}`
        : `${first.file.path.split('/').at(-1)}:${first.item.line}`;
    const message = `${what} is declared already, in ${place}. Rename or remove one.`;
    say('duplicate', 'error', item.line, message, '/syntax/configuration');
  };
  const seen = new Map<string, Block>();
  for (const block of file.hcl.body.blocks) {
    const [first = '', second = ''] = block.labels;
    switch (block.name) {
      case 'variable':
        twice(`The variable ${quote(first)}`, block, module.variables.get(first));
        break;
      case 'output':
        twice(`The output ${quote(first)}`, block, module.outputs.get(first));
        break;
      case 'module':
        twice(`The module ${quote(first)}`, block, module.modules.get(first));
        break;
      case 'resource':
      case 'data':
      case 'ephemeral':
        twice(
          `${block.name} ${first}.${second}`,
          block,
          module.objects.get(`${block.name}.${first}.${second}`),
        );
        break;
      case 'locals':
        for (const item of block.body.attributes)
          twice(`The local value ${quote(item.name)}`, item, module.locals.get(item.name));
        break;
      case 'provider': {
        const key = `${first}.${String(literalOf(block.body, 'alias') ?? '')}`;
        const others = module.providers.filter(
          ({ item }) => key === `${item.labels[0]}.${String(literalOf(item.body, 'alias') ?? '')}`,
        );
        twice(
          `A configuration of the provider ${quote(first)} with this alias`,
          block,
          seen.has(key) ? { item: seen.get(key) as Block, file } : others[0],
        );
        seen.set(key, block);
      }
    }
  }
}

const simpleTypes = new Set(['string', 'number', 'bool', 'any']);
const oneTypeOf = new Set(['list', 'set', 'map', 'optional']);

function judgeType(block: Block, say: Say): void {
  const type = attributeOf(block.body, 'type');
  const page = '/expressions/type-constraints';
  if (type) {
    const fault = faultOfType(type.value);
    if (fault !== null) say('variable-type', 'error', type.line, fault, page);
  }
  const given = attributeOf(block.body, 'default');
  if (!given || !type || type.value.type === 'literal') return;
  const wanted =
    type.value.type === 'reference'
      ? type.value.root
      : type.value.type === 'call'
        ? type.value.name
        : '';
  if (!fits(given.value, wanted)) {
    const message = `The default of ${quote(block.labels[0] ?? '')} is no ${wanted}, which is its type. Change one of the two.`;
    say('variable-default', 'error', given.line, message, '/values/variables#default-values');
  }
}

function faultOfType(type: Expression): string | null {
  if (type.type === 'literal')
    return 'Types are written without quotes, such as string or list(string).';
  if (type.type === 'reference') {
    if (simpleTypes.has(type.root) || type.root === 'list' || type.root === 'map') return null;
    const known = [...simpleTypes, ...oneTypeOf, 'object', 'tuple'];
    return `${quote(type.root)} is no type.${didYouMean(type.root, known) || ' Use string, number, bool, list(…), set(…), map(…), object({…}) or any.'}`;
  }
  if (type.type !== 'call')
    return 'This is no type. Use string, number, bool, list(…), set(…), map(…), object({…}) or any.';
  const [first] = type.args;
  if (type.name === 'object') {
    if (first?.type !== 'object' || type.args.length !== 1)
      return 'object needs its attributes in braces: object({ name = string }).';
    return (
      first.items.map((item) => faultOfType(item.value)).find((fault) => fault !== null) ?? null
    );
  }
  if (type.name === 'tuple') {
    if (first?.type !== 'tuple' || type.args.length !== 1)
      return 'tuple needs its types in brackets: tuple([string, number]).';
    return first.items.map(faultOfType).find((fault) => fault !== null) ?? null;
  }
  if (!oneTypeOf.has(type.name))
    return `${quote(type.name)} is no type.${didYouMean(type.name, [...oneTypeOf, 'object', 'tuple'])}`;
  const most = type.name === 'optional' ? 2 : 1;
  if (first === undefined || type.args.length > most)
    return `${type.name} needs one type in parentheses.`;
  return faultOfType(first);
}

/** Whether a value that stands there can be of the type; true where it is not known. */
function fits(value: Expression, wanted: string): boolean {
  const plain = literal(value);
  if (plain === null) return true;
  const isCollection = value.type === 'tuple' || value.type === 'object';
  switch (wanted) {
    case 'string':
      return !isCollection;
    case 'number':
      return (
        !isCollection &&
        typeof plain !== 'boolean' &&
        !(typeof plain === 'string' && !/^\s*-?\d+(\.\d+)?([eE][+-]?\d+)?\s*$/.test(plain))
      );
    case 'bool':
      return (
        !isCollection &&
        typeof plain !== 'number' &&
        !(typeof plain === 'string' && !/^(?:true|false)$/.test(plain))
      );
    case 'list':
    case 'set':
    case 'tuple':
      return plain === undefined && value.type !== 'object';
    case 'map':
    case 'object':
      return plain === undefined && value.type !== 'tuple';
    default:
      return true;
  }
}

const uses = new WeakMap<TerraformModule, ReadonlySet<string>>();

/** `var.x` and `local.x` that the module refers to somewhere. */
function usedIn(module: TerraformModule): ReadonlySet<string> {
  const known = uses.get(module);
  if (known) return known;
  const used = new Set<string>();
  for (const { hcl } of module.files) {
    for (const block of hcl.body.blocks) {
      walkBlock(block, (expression) => {
        if (expression.type !== 'reference') return;
        const [step] = expression.steps;
        if (step?.type === 'name') used.add(`${expression.root}.${step.name}`);
      });
    }
  }
  uses.set(module, used);
  return used;
}

function judgeUse({ file, module, say }: Context): void {
  const used = usedIn(module);
  const unused = (what: string, name: string, line: number): void => {
    say(
      'unused',
      'info',
      line,
      `Nothing in this module uses the ${what} ${quote(name)}. Use or remove it.`,
      '/values',
    );
  };
  for (const block of file.hcl.body.blocks) {
    const [name = ''] = block.labels;
    if (block.name === 'variable' && !used.has(`var.${name}`)) unused('variable', name, block.line);
    if (block.name !== 'locals') continue;
    for (const local of block.body.attributes) {
      if (!used.has(`local.${local.name}`)) unused('local value', local.name, local.line);
    }
  }
}
