import {
  type Block,
  type Body,
  type Expression,
  partsOf,
} from '../../validation/terraform/hcl/syntax.ts';
import type { TerraformModule } from '../../validation/terraform/module.ts';

/** By `TYPE.NAME`, the blocks that refer to it: read once for a module, not once for every resource. */
const known = new WeakMap<TerraformModule, ReadonlyMap<string, ReadonlySet<Block>>>();

/** The blocks at the top of a module's files that refer to a resource, itself left out. */
export function referrersOf(module: TerraformModule, resource: Block): readonly Block[] {
  const found = known.get(module) ?? index(module);
  known.set(module, found);
  const [type = '', name = ''] = resource.labels;
  return [...(found.get(`${type}.${name}`) ?? [])].filter((block) => block !== resource);
}

function index(module: TerraformModule): ReadonlyMap<string, ReadonlySet<Block>> {
  const found = new Map<string, Set<Block>>();
  for (const { hcl } of module.files) {
    for (const block of hcl.body.blocks) {
      eachOf(block.body, ({ root, steps }) => {
        const [step] = steps;
        if (step?.type !== 'name') return;
        const key = `${root}.${step.name}`;
        const blocks = found.get(key) ?? new Set();
        found.set(key, blocks.add(block));
      });
    }
  }
  return found;
}

type Visit = (reference: Extract<Expression, { type: 'reference' }>) => void;

function eachOf({ attributes, blocks }: Body, visit: Visit): void {
  for (const { value } of attributes) eachWithin(value, visit);
  for (const { body } of blocks) eachOf(body, visit);
}

function eachWithin(expression: Expression, visit: Visit): void {
  if (expression.type === 'reference') visit(expression);
  const parts =
    expression.type === 'for' ? [expression.over, ...expression.inner] : partsOf(expression);
  for (const part of parts) eachWithin(part, visit);
}
