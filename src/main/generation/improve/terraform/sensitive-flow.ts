import type { Block, Body, Expression } from '../../validation/terraform/hcl/syntax.ts';
import { partsOf } from '../../validation/terraform/hcl/syntax.ts';
import type { TerraformModule } from '../../validation/terraform/module.ts';
import type { Flow } from './flow.ts';
import type { TerraformProject } from './project.ts';

/** Modules within modules that are followed; deeper ones count as not known. */
const maxDepth = 5;
/** Passes over a module: each follows one step at least, and few take more than three. */
const maxPasses = 30;

/**
 * Follows the value of a variable as Terraform's marks go: into what an argument of a resource says,
 * and not into what the provider computes; through local values and modules of the project.
 */
export function flowOf(
  project: TerraformProject,
  module: TerraformModule,
  variable: string,
  depth = 0,
): Flow {
  const key = `${module.folder}\n${variable}`;
  const known = project.flows.get(key);
  if (known) return known;
  const flow = follow(project, module, variable, depth);
  project.flows.set(key, flow);
  return flow;
}

function follow(
  project: TerraformProject,
  module: TerraformModule,
  variable: string,
  depth: number,
): Flow {
  if (!module.isWhole) return stopped('not every file of its module could be read');
  const tainted = new Set([`var.${variable}`]);
  const outputs = new Set<Block>();
  const way: Follow = { project, module, depth, tainted, outputs };
  for (let size = 0, pass = 0; size !== tainted.size; pass += 1) {
    if (pass >= maxPasses) return stopped('its way through the module is too long to follow');
    size = tainted.size;
    for (const { hcl } of module.files) {
      for (const block of hcl.body.blocks) {
        const why = throughBlock(block, way);
        if (why !== null) return stopped(why);
      }
    }
  }
  return { type: 'outputs', outputs: [...outputs] };
}

function stopped(why: string): Flow {
  return { type: 'stopped', why };
}

type Follow = {
  readonly project: TerraformProject;
  readonly module: TerraformModule;
  readonly depth: number;
  /** `var.x`, `local.x`, `TYPE.NAME.ATTRIBUTE`, `data.TYPE.NAME.ATTRIBUTE`, `module.NAME.OUTPUT`. */
  readonly tainted: Set<string>;
  readonly outputs: Set<Block>;
};

/** Takes the marks one block on; why it cannot be, where it cannot. */
function throughBlock(block: Block, way: Follow): string | null {
  const { tainted, outputs } = way;
  const [first = '', second = ''] = block.labels;
  const touched = block.body.attributes.filter(({ value }) => touches(value, tainted));
  switch (block.name) {
    case 'locals':
      for (const { name } of touched) tainted.add(`local.${name}`);
      return null;
    case 'output':
      if (touched.some(({ name }) => name === 'value') && !saysSensitive(block)) outputs.add(block);
      return null;
    case 'resource':
    case 'data': {
      const why = refusal(block.body, `${first}.${second}`, tainted);
      if (why !== null) return why;
      const place = block.name === 'data' ? `data.${first}.${second}` : `${first}.${second}`;
      for (const { name } of touched) tainted.add(`${place}.${name}`);
      for (const inner of block.body.blocks) {
        const name = inner.name === 'dynamic' ? (inner.labels[0] ?? '') : inner.name;
        if (bodyTouches(inner.body, tainted)) tainted.add(`${place}.${name}`);
      }
      return null;
    }
    case 'module': {
      const why = refusal(block.body, `module ${first}`, tainted);
      return (
        why ??
        throughModule(
          block,
          touched.map(({ name }) => name),
          way,
        )
      );
    }
    case 'variable':
    case 'provider':
    case 'terraform':
      return null;
    default:
      return bodyTouches(block.body, tainted) ? `it is used in a block "${block.name}"` : null;
  }
}

function throughModule(
  block: Block,
  names: readonly string[],
  { project, module, depth, tainted }: Follow,
): string | null {
  const [name = ''] = block.labels;
  for (const argument of names) {
    const called = project.calledBy(block, module.folder);
    if (called === null || depth >= maxDepth || !called.variables.has(argument))
      return `it goes into the module "${name}", whose files are not of this project`;
    const flow = flowOf(project, called, argument, depth + 1);
    if (flow.type === 'stopped') return `${flow.why} (in the module "${name}")`;
    for (const { labels } of flow.outputs) tainted.add(`module.${name}.${labels[0]}`);
  }
  return null;
}

/** What takes no sensitive value, at any depth of a block. */
function refusal(body: Body, place: string, tainted: ReadonlySet<string>): string | null {
  for (const { name, value } of body.attributes) {
    if (/^(?:count|for_each|error_message)$/.test(name) && touches(value, tainted))
      return `it decides ${name} of ${place}, which takes no sensitive value`;
    if (removesMarks(value) && touches(value, tainted)) return `${place} calls nonsensitive on it`;
  }
  for (const inner of body.blocks) {
    const why = refusal(inner.body, place, tainted);
    if (why !== null) return why;
  }
  return null;
}

function bodyTouches(body: Body, tainted: ReadonlySet<string>): boolean {
  return (
    body.attributes.some(({ value }) => touches(value, tainted)) ||
    body.blocks.some((block) => bodyTouches(block.body, tainted))
  );
}

function touches(expression: Expression, tainted: ReadonlySet<string>): boolean {
  if (expression.type === 'reference' && isTainted(expression, tainted)) return true;
  if (expression.type === 'for')
    return [expression.over, ...expression.inner].some((one) => touches(one, tainted));
  return partsOf(expression).some((one) => touches(one, tainted));
}

function isTainted(
  { root, steps }: Extract<Expression, { type: 'reference' }>,
  tainted: ReadonlySet<string>,
): boolean {
  const names = steps.flatMap((step) => (step.type === 'name' ? [step.name] : []));
  if (root === 'var' || root === 'local') return tainted.has(`${root}.${names[0]}`);
  const path = [...(root === 'resource' ? [] : [root]), ...names];
  const depth = root === 'data' ? 3 : 2;
  const object = `${path.slice(0, depth).join('.')}.`;
  const attribute = path[depth];
  return attribute === undefined
    ? [...tainted].some((one) => one.startsWith(object))
    : tainted.has(`${object}${attribute}`);
}

function removesMarks(expression: Expression): boolean {
  return (
    (expression.type === 'call' && expression.name === 'nonsensitive') ||
    partsOf(expression).some(removesMarks)
  );
}

function saysSensitive({ body }: Block): boolean {
  return body.attributes.some(({ name }) => name === 'sensitive' || name === 'ephemeral');
}
