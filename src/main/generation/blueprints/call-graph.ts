/**
 * What of a graph of calls stands behind something else: whatever is called from outside of the circle
 * that it is in. Services that only call each other stand behind nobody: one of them is where people
 * come in, and nothing says which. Linear, by R. Tarjan's "Depth-first search and linear graph
 * algorithms" (1972), without recursion: circles may be long.
 */
export function behindOthers(edges: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const circle = circlesOf(edges);
  const entered = new Set<number>();
  for (const [from, all] of edges) {
    for (const to of all) {
      const at = circle.get(to);
      if (at !== undefined && at !== circle.get(from)) entered.add(at);
    }
  }
  return new Set([...circle].filter(([, at]) => entered.has(at)).map(([one]) => one));
}

/** The number of the circle that each is in; of what is in none, its own. */
function circlesOf(edges: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, number> {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const circle = new Map<string, number>();
  const open: string[] = [];
  for (const start of edges.keys()) {
    if (order.has(start)) continue;
    const path: { readonly node: string; readonly rest: Iterator<string> }[] = [];
    const enter = (node: string) => {
      order.set(node, order.size);
      lowest.set(node, order.size - 1);
      open.push(node);
      path.push({ node, rest: (edges.get(node) ?? [])[Symbol.iterator]() });
    };
    enter(start);
    for (let here = path.at(-1); here; here = path.at(-1)) {
      const { node, rest } = here;
      const next = rest.next();
      const low = lowest.get(node) ?? 0;
      if (!next.done) {
        const seen = order.get(next.value);
        if (seen === undefined) enter(next.value);
        else if (!circle.has(next.value)) lowest.set(node, Math.min(low, seen));
        continue;
      }
      path.pop();
      const above = path.at(-1)?.node;
      if (above !== undefined) lowest.set(above, Math.min(lowest.get(above) ?? 0, low));
      if (low === order.get(node)) close(node, circle.size, open, circle);
    }
  }
  return circle;
}

/** Takes a circle that is complete off what is open, under a number that none other has. */
function close(first: string, number: number, open: string[], circle: Map<string, number>): void {
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    circle.set(node, number);
    if (node === first) return;
  }
}
