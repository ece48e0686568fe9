import type { Attribute, Block, Body, Expression } from './syntax.ts';

/** The attribute of that name, or undefined. */
export function attributeOf(body: Body, name: string): Attribute | undefined {
  return body.attributes.find((attribute) => attribute.name === name);
}

/** The literal that an attribute is set to; undefined where it is not set, or not to a literal. */
export function literalOf(body: Body, name: string): string | number | boolean | null | undefined {
  return literal(attributeOf(body, name)?.value);
}

/** The text that an attribute is set to; undefined where it is no literal text. */
export function textOf(body: Body, name: string): string | undefined {
  const value = literalOf(body, name);
  return typeof value === 'string' ? value : undefined;
}

/** The value of a literal; undefined for all else. */
export function literal(
  expression: Expression | undefined,
): string | number | boolean | null | undefined {
  return expression?.type === 'literal' ? expression.value : undefined;
}

/** The literal texts of a list, or the one text; none where it is anything else. */
export function textsOf(expression: Expression | undefined): readonly string[] {
  if (expression?.type === 'tuple') return expression.items.flatMap((item) => textsOf(item));
  const value = literal(expression);
  return typeof value === 'string' ? [value] : [];
}

/** The value of an object's key; undefined where it is no object, or has no such key. */
export function entryOf(expression: Expression | undefined, key: string): Expression | undefined {
  if (expression?.type !== 'object') return undefined;
  return expression.items.find((item) => literal(item.key) === key)?.value;
}

/** Blocks of that name within a body, also those that a `dynamic` block makes. */
export function blocksOf(body: Body, name: string): readonly Block[] {
  return body.blocks.flatMap((block) => {
    if (block.name === name) return [block];
    if (block.name !== 'dynamic' || block.labels[0] !== name) return [];
    return block.body.blocks.filter((inner) => inner.name === 'content');
  });
}
