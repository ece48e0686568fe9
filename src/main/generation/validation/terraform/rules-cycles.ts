import type { Context } from './context.ts';
import { type Expression, partsOf } from './hcl/syntax.ts';
import type { TerraformModule } from './module.ts';
import { walkBlock } from './walk.ts';

/** Local values (`local.NAME`) and objects (`resource.TYPE.NAME`), with those that they wait for. */
type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Each of a module's files asks for the same ones. */
const found = new WeakMap<TerraformModule, ReadonlySet<string>>();

/** Local values, resources and data that wait for themselves, which Terraform cannot put in an order. */
export function judgeCycles({ module, file, say }: Context): void {
  const inCycle = found.get(module) ?? cyclesOf(graphOf(module));
  found.set(module, inCycle);
  const here = [...inCycle]
    .map((key) => module.locals.get(key.replace(/^local\./, '')) ?? module.objects.get(key))
    .find((one) => one?.file.path === file.path);
  if (!here) return;
  const names = [...inCycle].slice(0, 5).map((key) => key.replace(/^resource\./, ''));
  const more = inCycle.size > names.length ? ' and others' : '';
  const message = `${names.join(', ')}${more} wait for themselves, by a circle of references. Break it.`;
  say('cycle', 'error', here.item.line, message, '/expressions/references');
}

function graphOf(module: TerraformModule): Graph {
  const graph = new Map<string, Set<string>>();
  const refer = (from: Set<string>, expression: Expression): void => {
    const key = expression.type === 'reference' ? keyOf(expression, module) : null;
    if (key !== null) from.add(key);
  };
  for (const [name, { item }] of module.locals) {
    const needs = new Set<string>();
    graph.set(`local.${name}`, needs);
    const open = [item.value];
    for (let at = open.pop(); at; at = open.pop()) {
      refer(needs, at);
      open.push(...partsOf(at));
    }
  }
  for (const [key, { item }] of module.objects) {
    const needs = new Set<string>();
    graph.set(key, needs);
    walkBlock(item, (expression, { names }) => {
      if (expression.type !== 'reference' || !names.has(expression.root)) refer(needs, expression);
    });
  }
  return graph;
}

function keyOf(
  { root, steps }: Extract<Expression, { type: 'reference' }>,
  module: TerraformModule,
): string | null {
  const [first, second] = steps.map((step) => (step.type === 'name' ? step.name : null));
  if (first === null || first === undefined) return null;
  if (root === 'local') return `local.${first}`;
  const key = root === 'data' ? `data.${first}.${second}` : `resource.${root}.${first}`;
  return module.objects.has(key) ? key : null;
}

/** What is left once all is taken away that waits for nothing, and then all that nothing waits for. */
function cyclesOf(graph: Graph): ReadonlySet<string> {
  return new Set(peeled(reversed(peeled(graph))).keys());
}

/** The graph without what waits for nothing, and without what waits only for such. */
function peeled(graph: Graph): Graph {
  const waiting = reversed(graph);
  const counts = new Map([...graph].map(([key, needs]) => [key, countIn(needs, graph)]));
  const free = [...counts].filter(([, count]) => count === 0).map(([key]) => key);
  for (let key = free.pop(); key !== undefined; key = free.pop()) {
    counts.delete(key);
    for (const other of waiting.get(key) ?? []) {
      const count = (counts.get(other) ?? 0) - 1;
      counts.set(other, count);
      if (count === 0) free.push(other);
    }
  }
  return new Map([...graph].filter(([key]) => counts.has(key)));
}

function countIn(needs: ReadonlySet<string>, graph: Graph): number {
  return [...needs].filter((one) => graph.has(one)).length;
}

/** Who waits for each. */
function reversed(graph: Graph): Graph {
  const turned = new Map([...graph.keys()].map((key) => [key, new Set<string>()]));
  for (const [key, needs] of graph) for (const one of needs) turned.get(one)?.add(key);
  return turned;
}
