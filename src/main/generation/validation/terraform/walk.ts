import { attributeOf, literal } from './hcl/read-values.ts';
import { type Block, type Expression, partsOf } from './hcl/syntax.ts';

/** What can be referred to at a place beside what the module declares. */
export type Scope = {
  /** The top-level block around the place. */
  readonly top: Block;
  /** Names of `for` expressions and `dynamic` blocks around it. */
  readonly names: ReadonlySet<string>;
  /** Whether `self` means something: within provisioners, connections and postconditions. */
  readonly hasSelf: boolean;
};

/** Is called for every expression, the outer before the inner. */
export type Visit = (expression: Expression, scope: Scope) => void;

/** Arguments whose words are no references: types, names of arguments, providers and addresses. */
const unreferring: Readonly<Record<string, ReadonlySet<string>>> = {
  variable: new Set(['type']),
  module: new Set(['providers']),
  resource: new Set(['provider']),
  data: new Set(['provider']),
  ephemeral: new Set(['provider']),
  lifecycle: new Set(['ignore_changes']),
  moved: new Set(['from', 'to']),
  removed: new Set(['from']),
  import: new Set(['to', 'provider']),
  provisioner: new Set(['when', 'on_failure']),
  action_trigger: new Set(['events', 'actions']),
};

/** Visits the expressions of a top-level block; those of `terraform` blocks are no references. */
export function walkBlock(top: Block, visit: Visit): void {
  if (top.name !== 'terraform') walkBody(top, { top, names: new Set(), hasSelf: false }, visit);
}

function walkBody(block: Block, scope: Scope, visit: Visit): void {
  const passed = unreferring[block.name];
  for (const { name, value } of block.body.attributes) {
    if (!passed?.has(name)) walkExpression(value, scope, visit);
  }
  for (const inner of block.body.blocks) {
    if (inner.name === 'dynamic') walkDynamic(inner, scope, visit);
    else walkBody(inner, { ...scope, hasSelf: scope.hasSelf || givesSelf.has(inner.name) }, visit);
  }
}

const givesSelf: ReadonlySet<string> = new Set(['provisioner', 'connection', 'postcondition']);

function walkDynamic(block: Block, scope: Scope, visit: Visit): void {
  const iterator = attributeOf(block.body, 'iterator');
  const name =
    iterator?.value.type === 'reference' ? iterator.value.root : literal(iterator?.value);
  const inner = withNames(scope, [typeof name === 'string' ? name : (block.labels[0] ?? '')]);
  for (const attribute of block.body.attributes) {
    if (attribute.name === 'iterator') continue;
    walkExpression(attribute.value, attribute.name === 'for_each' ? scope : inner, visit);
  }
  for (const content of block.body.blocks) walkBody(content, inner, visit);
}

/** Visits an expression and all within it. */
function walkExpression(expression: Expression, scope: Scope, visit: Visit): void {
  visit(expression, scope);
  if (expression.type === 'for') {
    walkExpression(expression.over, scope, visit);
    const inner = withNames(scope, expression.names);
    for (const part of expression.inner) walkExpression(part, inner, visit);
    return;
  }
  for (const part of partsOf(expression)) walkExpression(part, scope, visit);
}

function withNames(scope: Scope, names: readonly string[]): Scope {
  return { ...scope, names: new Set([...scope.names, ...names]) };
}
