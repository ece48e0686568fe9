import type { Block, Expression } from '../validation/terraform/hcl/syntax.ts';
import type { TerraformModule } from '../validation/terraform/module.ts';
import type { GivenVariable, Place } from './claim.ts';
import { unknownPart } from './image-name.ts';
import { entriesOf, resolved, textWithin } from './terraform-values.ts';

/** Variables as a map by their names, or a list of objects with `name` and `value`. */
export function variablesOf(
  module: TerraformModule,
  expression: Expression | undefined,
  path: string,
): readonly GivenVariable[] {
  const held = resolved(module, expression);
  if (held?.type === 'tuple') {
    return held.items.flatMap((item) => {
      const fields = entriesOf(item);
      const name = textWithin(module, fields.get('name'));
      if (name.includes(unknownPart)) return [];
      return [given(module, name, fields.get('value'), { path, line: item.line })];
    });
  }
  return [...entriesOf(held)].map(([name, value]) =>
    given(module, name, value, { path, line: value.line }),
  );
}

function given(
  module: TerraformModule,
  name: string,
  expression: Expression | undefined,
  at: Place,
): GivenVariable {
  const text = textWithin(module, expression);
  return { name, value: text.includes(unknownPart) ? null : text, optional: false, at };
}

/** Secrets as a list of names, or by the variables that they fill. */
export function secretsOf(
  module: TerraformModule,
  expression: Expression | undefined,
  path: string,
): readonly GivenVariable[] {
  const held = resolved(module, expression);
  if (held?.type !== 'tuple') return variablesOf(module, held, path);
  const texts = held.items.map((item) => ({
    name:
      item.type === 'object'
        ? textWithin(module, entriesOf(item).get('name'))
        : textWithin(module, item),
    line: item.line,
  }));
  return texts
    .filter(({ name }) => /^[A-Za-z_]\w*$/.test(name))
    .map(({ name, line }) => ({ name, value: null, optional: false, at: { path, line } }));
}

/** Blocks of any of these names, at any depth. */
export function blocksWithin(block: Block, wanted: readonly string[]): readonly Block[] {
  return block.body.blocks.flatMap((inner) => {
    // What a `dynamic` block makes is called as its label.
    const name = inner.name === 'dynamic' ? (inner.labels[0] ?? '') : inner.name;
    const own = wanted.includes(name) ? [inner] : [];
    return [...own, ...blocksWithin(inner, wanted)];
  });
}
