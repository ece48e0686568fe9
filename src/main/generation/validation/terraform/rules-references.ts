import { quote } from '../report.ts';
import { closest, didYouMean } from '../suggest.ts';
import type { Context } from './context.ts';
import { functions, removedFunctions } from './functions.ts';
import { attributeOf } from './hcl/read-values.ts';
import type { Block, CallExpression, Expression, Step } from './hcl/syntax.ts';
import { localFolder } from './local-folder.ts';
import { type Declaration, folderOf } from './module.ts';
import { type Scope, walkBlock } from './walk.ts';

type Reference = Extract<Expression, { type: 'reference' }>;

const page = '/expressions/references';
const fixed: Readonly<Record<string, readonly string[]>> = {
  path: ['module', 'root', 'cwd'],
  terraform: ['workspace', 'applying', 'env'],
  each: ['key', 'value'],
  count: ['index'],
};
/** Words that begin a reference and are no type of resource. */
const roots = [
  'var',
  'local',
  'module',
  'data',
  'ephemeral',
  'action',
  'resource',
  'each',
  'count',
  'self',
  'path',
  'terraform',
];

/** What the file refers to: it must be declared in the module, and functions must exist. */
export function judgeReferences(context: Context): void {
  for (const block of context.file.hcl.body.blocks) {
    walkBlock(block, (expression, scope) => {
      if (expression.type === 'call') judgeCall(expression, context);
      else if (expression.type === 'reference') judgeReference(expression, scope, context);
    });
  }
}

function judgeCall({ name, args, expands, line }: CallExpression, { say }: Context): void {
  const own = name.replace(/^core::/, '');
  if (own.includes('::')) return;
  const url = `/functions/${own}`;
  const arity = functions.get(own);
  if (arity === undefined) {
    const hint = removedFunctions.get(own) ?? didYouMean(own, functions.keys()).trim();
    const message = `Terraform has no function ${quote(own)}. ${hint || 'Providers’ own are called provider::NAME::FUNCTION(…).'}`;
    say('unknown-function', 'error', line, message, '/functions');
  } else if (!expands && (args.length < arity.least || args.length > arity.most)) {
    const least = arity.least === arity.most ? '' : 'at least ';
    const wanted = args.length > arity.most ? `at most ${arity.most}` : `${least}${arity.least}`;
    say(
      'function-arguments',
      'error',
      line,
      `${own} takes ${wanted} arguments, and gets ${args.length}.`,
      url,
    );
  }
}

function judgeReference(reference: Reference, scope: Scope, context: Context): void {
  const { root, steps, line } = reference;
  const { say } = context;
  if (scope.names.has(root)) return;
  const [first, second] = steps;
  const name = first?.type === 'name' ? first.name : null;
  const wrong = (message: string, at = page): void => say('reference', 'error', line, message, at);
  if (Object.hasOwn(fixed, root)) {
    const known = fixed[root] ?? [];
    if (name === null || !known.includes(name)) {
      wrong(
        `${root} has ${known.map((one) => `${root}.${one}`).join(', ')}, and nothing else.${name === null ? '' : didYouMean(name, known)}`,
      );
    } else if (root === 'each' || root === 'count') judgeEach(root, scope.top, line, context);
    return;
  }
  switch (root) {
    case 'var':
      if (name === null) wrong('After var comes the name of a variable: var.NAME.');
      else judgeDeclared('variable', name, line, context);
      return;
    case 'local':
      if (name === null) wrong('After local comes the name of a local value: local.NAME.');
      else judgeDeclared('local value', name, line, context);
      return;
    case 'module':
      if (name === null) wrong('After module comes the name of a module: module.NAME.OUTPUT.');
      else judgeModule(name, steps.slice(1), line, context);
      return;
    case 'self':
      if (!scope.hasSelf)
        wrong(
          'self means something only in provisioners, connections and postconditions. Name the resource.',
          `${page}#resource-attributes`,
        );
      return;
    case 'action':
      return;
    case 'data':
    case 'ephemeral':
    case 'resource':
      if (name === null || second?.type !== 'name')
        wrong(`After ${root} come a type and a name: ${root}.TYPE.NAME.`);
      else judgeObject(root, name, second.name, steps.slice(2), line, context);
      return;
  }
  if (name === null) {
    const hint = closest(root, scope.names) ?? '';
    wrong(
      `${quote(root)} refers to nothing.${hint ? ` Did you mean "${hint}"?` : ' A text stands in double quotes; a value is var.NAME, local.NAME or TYPE.NAME.'}`,
    );
    return;
  }
  const meant = root.includes('_') ? null : closest(root, [...roots, ...scope.names]);
  if (meant !== null && !context.module.objects.has(`resource.${root}.${name}`)) {
    wrong(`${quote(`${root}.${name}`)} refers to nothing. Did you mean "${meant}.${name}"?`);
    return;
  }
  judgeObject('resource', root, name, steps.slice(1), line, context);
}

function judgeEach(root: 'each' | 'count', top: Block, line: number, { say }: Context): void {
  const wanted = root === 'each' ? 'for_each' : 'count';
  const canHave = /^(?:resource|data|module|ephemeral|action|import)$/.test(top.name);
  if (canHave && attributeOf(top.body, wanted)) return;
  const message = canHave
    ? `${root} means something only in a block with ${wanted}. Add ${wanted}, or name the value.`
    : `${root} means nothing in a ${top.name} block. Name the value.`;
  say('reference', 'error', line, message, `/meta-arguments/${wanted}`);
}

function judgeDeclared(
  what: 'variable' | 'local value',
  name: string,
  line: number,
  { module, say }: Context,
): void {
  const held: ReadonlyMap<string, unknown> = what === 'variable' ? module.variables : module.locals;
  if (!module.isWhole || held.has(name)) return;
  const hint =
    didYouMean(name, held.keys()) ||
    ` Declare it${what === 'variable' ? ` with variable "${name}" { … }` : ' in a locals block'}.`;
  say(
    'undeclared',
    'error',
    line,
    `The ${what} ${quote(name)} is not declared in this module.${hint}`,
    what === 'variable' ? '/values/variables' : '/values/locals',
  );
}

function judgeModule(name: string, steps: readonly Step[], line: number, context: Context): void {
  const { module, say } = context;
  const declared = module.modules.get(name);
  if (!declared) {
    if (!module.isWhole) return;
    const message = `The module ${quote(name)} is not called in this one.${didYouMean(name, module.modules.keys()) || ` Add module "${name}" { … }.`}`;
    say('undeclared', 'error', line, message, '/modules/syntax');
    return;
  }
  const output = afterInstance(`module.${name}`, declared, steps, line, context);
  const folder = localFolder(declared.item, folderOf(declared.file.path));
  const target = folder === null ? null : context.moduleAt(folder);
  if (output === null || !target?.isWhole || target.outputs.has(output)) return;
  const message = `The module ${quote(name)} has no output ${quote(output)}.${didYouMean(output, target.outputs.keys()) || ` Add output "${output}" to ${folder}.`}`;
  say('undeclared', 'error', line, message, '/values/outputs');
}

function judgeObject(
  kind: 'resource' | 'data' | 'ephemeral',
  type: string,
  name: string,
  steps: readonly Step[],
  line: number,
  context: Context,
): void {
  const { module, say } = context;
  const declared = module.objects.get(`${kind}.${type}.${name}`);
  const address = `${kind === 'resource' ? '' : `${kind}.`}${type}.${name}`;
  if (declared) {
    const attribute = afterInstance(address, declared, steps, line, context);
    if (attribute !== null && kind !== 'ephemeral')
      context.attributes.push({ kind, type, name, attribute, line });
    return;
  }
  if (!module.isWhole) return;
  const names = [...module.objects.keys()]
    .filter((key) => key.startsWith(`${kind}.${type}.`))
    .map((key) => key.split('.')[2] ?? '');
  const other = kind === 'resource' ? 'data' : 'resource';
  const hint = module.objects.has(`${other}.${type}.${name}`)
    ? ` There is a ${other === 'data' ? 'data source' : 'resource'} of that name: write ${other === 'data' ? 'data.' : ''}${type}.${name}.`
    : didYouMean(name, names) ||
      (names.length > 0
        ? ` Of this type there are: ${names.slice(0, 5).join(', ')}.`
        : ' Declare it, or refer to one that is there.');
  say('undeclared', 'error', line, `${address} is not declared in this module.${hint}`, page);
}

/**
 * The attribute or output that is asked of a resource or module, behind an index where it has many;
 * null where none is asked, or where it is not known which.
 */
function afterInstance(
  address: string,
  { item, file }: Declaration,
  steps: readonly Step[],
  line: number,
  { say }: Context,
): string | null {
  const [first, second] = steps;
  const repeat = attributeOf(item.body, 'count')
    ? 'count'
    : attributeOf(item.body, 'for_each')
      ? 'for_each'
      : null;
  // An override file may add or take away what repeats the block.
  if (first === undefined || file.isOverride) return null;
  if (first.type === 'name') {
    if (repeat === null) return first.name;
    const key = repeat === 'count' ? '[0] or [count.index]' : '["KEY"] or [each.key]';
    say(
      'instance',
      'error',
      line,
      `${address} has ${repeat}, so there may be many. Write ${address}${key}.`,
      `/meta-arguments/${repeat}#referring-to-instances`,
    );
    return null;
  }
  if (repeat === null && first.type === 'index') {
    say(
      'instance',
      'error',
      line,
      `${address} has neither count nor for_each, so there is one alone. Remove the index.`,
      page,
    );
    return null;
  }
  return second?.type === 'name' ? second.name : null;
}
