import type { CausalEffect, CausalPath } from '#shared/agentdb-causes.ts';

/** A chain up to a node, its last edge first. */
type Chain = {
  readonly strength: number;
  readonly edge: CausalEffect | null;
  readonly before: Chain | null;
};

/**
 * The strongest chain of causes from one label to another of at most `maxDepth` edges, or null. Its
 * strength is the product of the edges' lower bounds, so it only goes over edges that surely raise
 * their effect. In each round the chains grow by an edge where that makes a stronger one (Bellman
 * 1958, Ford 1956): as often as there are edges, not as there are paths. No factor is above 1, so a
 * chain that comes back to a label is never stronger, and none does.
 * @param effectsOf the edges from a label; asked once for each
 */
export async function bestPath(
  effectsOf: (cause: string) => Promise<readonly CausalEffect[]>,
  from: string,
  to: string,
  maxDepth: number,
): Promise<CausalPath | null> {
  const edges = new Map<string, readonly CausalEffect[]>();
  const best = new Map<string, Chain>([[from, { strength: 1, edge: null, before: null }]]);
  let grown = new Map(best);
  for (let depth = 0; depth < maxDepth && grown.size > 0; depth += 1) {
    const next = new Map<string, Chain>();
    for (const [label, before] of grown) {
      if (label === to) continue;
      const out = edges.get(label) ?? (await effectsOf(label));
      edges.set(label, out);
      for (const edge of out) {
        if (edge.low === null || edge.low <= 0) continue;
        const strength = before.strength * edge.low;
        const known = next.get(edge.effect) ?? best.get(edge.effect);
        if (!known || strength > known.strength) next.set(edge.effect, { strength, edge, before });
      }
    }
    for (const [label, chain] of next) best.set(label, chain);
    grown = next;
  }
  const found = best.get(to);
  return found ? { edges: edgesOf(found), strength: found.strength } : null;
}

function edgesOf(chain: Chain): readonly CausalEffect[] {
  const edges: CausalEffect[] = [];
  for (let at: Chain | null = chain; at?.edge; at = at.before) edges.unshift(at.edge);
  return edges;
}
