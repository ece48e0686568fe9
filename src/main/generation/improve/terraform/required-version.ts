import { attributeOf, literalOf, textOf } from '../../validation/terraform/hcl/read-values.ts';
import { type Block, type Expression, partsOf } from '../../validation/terraform/hcl/syntax.ts';
import type { TerraformModule } from '../../validation/terraform/module.ts';
import type { ParsedFile } from '../../validation/terraform/parse-file.ts';

/** The versions of Terraform that a module asks for, as written; null where it says nothing. */
export function requiredVersion(module: TerraformModule): string | null {
  for (const { block } of terraformBlocks(module)) {
    const text = textOf(block.body, 'required_version');
    if (text !== undefined) return text;
  }
  return null;
}

/** The `terraform` blocks of a module, in the order of its files. */
export function terraformBlocks(
  module: TerraformModule,
): readonly { readonly block: Block; readonly file: ParsedFile }[] {
  return module.files
    .filter(({ isOverride }) => !isOverride)
    .flatMap((file) =>
      file.hcl.body.blocks
        .filter(({ name }) => name === 'terraform')
        .map((block) => ({ block, file })),
    );
}

/** Versions 1.x from which on Terraform knows a block, by its name and that of the block around it. */
const blocks: Readonly<Record<string, number>> = {
  moved: 1,
  check: 5,
  import: 5,
  removed: 7,
  ephemeral: 10,
  'lifecycle precondition': 2,
  'lifecycle postcondition': 2,
  'output precondition': 2,
  'terraform cloud': 1,
};
/** The same of functions, and of arguments of variables and outputs. */
const functions: Readonly<Record<string, number>> = {
  endswith: 3,
  startswith: 3,
  timecmp: 3,
  plantimestamp: 5,
  strcontains: 5,
  issensitive: 8,
  templatestring: 9,
  ephemeralasnull: 10,
};
const inBlock: Readonly<Record<string, number>> = { nullable: 1, ephemeral: 10 };

/**
 * The second number of the first Terraform 1.x that reads a module's syntax, by HashiCorp's
 * changelogs; null where an earlier Terraform does too.
 */
export function minorOfSyntax(module: TerraformModule): number | null {
  const found: number[] = [];
  for (const { hcl } of module.files) for (const block of hcl.body.blocks) addBlock(block, found);
  return found.length === 0 ? null : Math.max(...found);
}

function addBlock(block: Block, found: number[], around = ''): void {
  const { name, labels, body } = block;
  const place = around === '' ? name : `${around} ${name}`;
  const own = Object.hasOwn(blocks, place) ? blocks[place] : undefined;
  if (own !== undefined) found.push(own);
  if (name === 'resource' && labels[0] === 'terraform_data') found.push(4);
  if (name === 'import' && attributeOf(body, 'for_each')) found.push(7);
  if (name === 'backend' && labels[0] === 's3' && literalOf(body, 'use_lockfile') === true)
    found.push(10);
  for (const attribute of body.attributes) {
    const since = Object.hasOwn(inBlock, attribute.name) ? inBlock[attribute.name] : undefined;
    if ((name === 'variable' || name === 'output') && since !== undefined) found.push(since);
    if (name === 'lifecycle' && attribute.name === 'replace_triggered_by') found.push(2);
    addExpression(attribute.value, found);
  }
  for (const inner of body.blocks) addBlock(inner, found, name);
}

function addExpression(expression: Expression, found: number[]): void {
  if (expression.type === 'call') {
    const { name, args } = expression;
    const since = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (since !== undefined) found.push(since);
    // optional(…) is no function elsewhere; with a default it came with 1.3, and without it too.
    if (name === 'optional' && args.length > 0) found.push(3);
    if (name.startsWith('provider::')) found.push(8);
  }
  for (const part of partsOf(expression)) addExpression(part, found);
}
