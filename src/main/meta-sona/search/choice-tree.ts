import { pick, type Random } from '#main/core/random.ts';
import type { Point, Value } from '../space/dimension.ts';
import type { SearchSpace } from '../space/search-space.ts';

/** How much a node that was seldom visited is preferred; the root of two is UCB1's. */
const exploration = Math.SQRT2;
/** Progressive widening: a node of `n` visits has at most `2 n^0.5` children. */
const widening = { factor: 2, power: 0.5 };

type Node = {
  visits: number;
  sum: number;
  readonly chosen: Point;
  readonly children: Map<Value, Node>;
};

/**
 * Monte Carlo tree search over the choices of a space: selection by UCB1 (L. Kocsis and C. Szepesvári,
 * "Bandit based Monte-Carlo planning", 2006), children added by progressive widening (R. Coulom, 2007),
 * open choices made at random. `reward` (0 to 1) tells what choices are worth. Returns those of the
 * most visited path.
 */
export function searchChoices(
  space: SearchSpace,
  iterations: number,
  reward: (chosen: Point) => number,
  random: Random,
): Point {
  const root: Node = { visits: 0, sum: 0, chosen: {}, children: new Map() };
  for (let iteration = 0; iteration < iterations; iteration++) {
    const path = select(space, root, random);
    const last = path.at(-1) ?? root;
    const worth = reward(space.withChoices(last.chosen, random));
    for (const node of path) {
      node.visits += 1;
      node.sum += worth;
    }
  }
  let best = root;
  for (let next = mostVisited(best); next; next = mostVisited(best)) best = next;
  return space.withChoices(best.chosen, random);
}

/** The path from the root to a node that is new, or where every choice is made. */
function select(space: SearchSpace, root: Node, random: Random): readonly Node[] {
  const path = [root];
  for (let node = root; ; ) {
    const choice = space.nextChoice(node.chosen);
    if (!choice) return path;
    const untried = choice.values.filter((value) => !node.children.has(value));
    const room = widening.factor * Math.max(1, node.visits) ** widening.power;
    if (untried.length > 0 && node.children.size < room) {
      const value = pick(untried, random);
      const chosen = { ...node.chosen, [choice.name]: value };
      const child: Node = { visits: 0, sum: 0, chosen, children: new Map() };
      node.children.set(value, child);
      return [...path, child];
    }
    node = highest([...node.children.values()], (child) => bound(child, node));
    path.push(node);
  }
}

function bound(child: Node, parent: Node): number {
  if (child.visits === 0) return Number.POSITIVE_INFINITY;
  const doubt = Math.sqrt(Math.log(parent.visits) / child.visits);
  return child.sum / child.visits + exploration * doubt;
}

function mostVisited(node: Node): Node | null {
  return node.children.size === 0
    ? null
    : highest([...node.children.values()], ({ visits }) => visits);
}

function highest(nodes: readonly Node[], of: (node: Node) => number): Node {
  return nodes.reduce((best, one) => (of(one) > of(best) ? one : best));
}
