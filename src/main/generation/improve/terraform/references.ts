import {
  type Block,
  type Body,
  type Expression,
  partsOf,
} from '../../validation/terraform/hcl/syntax.ts';
import type { TerraformModule } from '../../validation/terraform/module.ts';

/** The blocks at the top of a module's files that refer to `TYPE.NAME`, itself left out. */
export function referrersOf(module: TerraformModule, block: Block): readonly Block[] {
  const [type = '', name = ''] = block.labels;
  return module.files.flatMap(({ hcl }) =>
    hcl.body.blocks.filter((one) => one !== block && bodyRefers(one.body, type, name)),
  );
}

function bodyRefers({ attributes, blocks }: Body, type: string, name: string): boolean {
  return (
    attributes.some(({ value }) => refers(value, type, name)) ||
    blocks.some(({ body }) => bodyRefers(body, type, name))
  );
}

function refers(expression: Expression, type: string, name: string): boolean {
  if (expression.type === 'reference' && expression.root === type) {
    const [step] = expression.steps;
    if (step?.type === 'name' && step.name === name) return true;
  }
  if (expression.type === 'for')
    return [expression.over, ...expression.inner].some((one) => refers(one, type, name));
  return partsOf(expression).some((one) => refers(one, type, name));
}
