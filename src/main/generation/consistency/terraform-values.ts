import { attributeOf, literal } from '../validation/terraform/hcl/read-values.ts';
import type { Body, Expression } from '../validation/terraform/hcl/syntax.ts';
import type { TerraformModule } from '../validation/terraform/module.ts';
import { unknownPart } from './image-name.ts';

/** Locals that lead to locals; more are built to be slow. */
const maxSteps = 8;

/** An expression by the name under which a body, an object or a module's input holds it. */
export type Fields = ReadonlyMap<string, Expression>;

/** The named expressions of a block. */
export function fieldsOf({ attributes }: Body): Fields {
  return new Map(attributes.map(({ name, value }) => [name, value]));
}

/** The named expressions of an object constructor; none of anything else. */
export function entriesOf(expression: Expression | undefined): Fields {
  if (expression?.type !== 'object') return new Map();
  return new Map(
    expression.items.flatMap(({ key, value }) => {
      const name = key.type === 'reference' && key.steps.length === 0 ? key.root : literal(key);
      return name === undefined || name === null ? [] : [[String(name), value] as const];
    }),
  );
}

/** What `local.NAME` and defaults of `var.NAME` lead to; the expression itself where it is neither. */
export function resolved(
  module: TerraformModule,
  expression: Expression | undefined,
): Expression | undefined {
  let held = expression;
  for (let step = 0; step < maxSteps && held?.type === 'reference'; step++) {
    const [first] = held.steps;
    if (held.steps.length !== 1 || first?.type !== 'name') return held;
    const next =
      held.root === 'local'
        ? module.locals.get(first.name)?.item.value
        : held.root === 'var'
          ? defaultOf(module, first.name)
          : undefined;
    if (next === undefined) return held;
    held = next;
  }
  return held;
}

function defaultOf(module: TerraformModule, name: string): Expression | undefined {
  const body = module.variables.get(name)?.item.body;
  return body ? attributeOf(body, 'default')?.value : undefined;
}

/** The text of an expression, with {@link unknownPart} for what only shows when it is applied. */
export function textWithin(module: TerraformModule, expression: Expression | undefined): string {
  const held = resolved(module, expression);
  if (held?.type === 'template') {
    return held.parts
      .map((part) => (typeof part === 'string' ? part : unknownOrText(module, part)))
      .join('');
  }
  const value = literal(held);
  return value === undefined || value === null ? unknownPart : String(value);
}

/** Of what stands within a template only plain names are followed, and once. */
function unknownOrText(module: TerraformModule, part: Expression): string {
  const value = literal(resolved(module, part));
  return value === undefined || value === null ? unknownPart : String(value);
}
