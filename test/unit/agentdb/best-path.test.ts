import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bestPath } from '#main/agentdb/causes/best-path.ts';
import type { CausalEffect } from '#shared/agentdb-causes.ts';

const edge = (cause: string, effect: string, low: number | null): CausalEffect => ({
  cause,
  effect,
  low,
  uplift: low,
  high: low,
  withCause: 9,
  withoutCause: 9,
  byTask: false,
});

function find(edges: readonly CausalEffect[], from: string, to: string, maxDepth: number) {
  const asked: string[] = [];
  const effectsOf = async (label: string) => {
    asked.push(label);
    return edges.filter(({ cause }) => cause === label);
  };
  return bestPath(effectsOf, from, to, maxDepth).then((path) => ({ path, asked }));
}

/** The strongest of all simple paths, by trying each. */
function byForce(
  edges: readonly CausalEffect[],
  at: string,
  to: string,
  left: number,
  seen: string[] = [],
): number {
  if (at === to) return 1;
  if (left === 0) return 0;
  const onward = edges.filter(
    ({ cause, effect }) => cause === at && ![...seen, at].includes(effect),
  );
  return Math.max(
    0,
    ...onward.map(({ low, effect }) =>
      (low ?? 0) > 0 ? (low ?? 0) * byForce(edges, effect, to, left - 1, [...seen, at]) : 0,
    ),
  );
}

test('finds what trying every simple path finds, in graphs with cycles', async () => {
  const label = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
  const low = fc.oneof(fc.constantFrom(1, 0, null), fc.double({ min: -1, max: 1, noNaN: true }));
  const graph = fc.uniqueArray(
    fc.tuple(label, label, low).filter(([cause, effect]) => cause !== effect),
    { maxLength: 24, selector: ([cause, effect]) => `${cause}${effect}` },
  );
  await fc.assert(
    fc.asyncProperty(graph, fc.integer({ min: 1, max: 6 }), async (drawn, maxDepth) => {
      const edges = drawn.map(([cause, effect, bound]) => edge(cause, effect, bound));
      const { path } = await find(edges, 'a', 'f', maxDepth);
      expect(path?.strength ?? 0).toBeCloseTo(byForce(edges, 'a', 'f', maxDepth), 12);
      if (!path) return;
      expect(path.edges.length).toBeLessThanOrEqual(maxDepth);
      const labels = ['a', ...path.edges.map(({ effect }) => effect)];
      expect(path.edges.map(({ cause }) => cause)).toEqual(labels.slice(0, -1));
      expect(new Set(labels).size).toBe(labels.length);
      expect(labels.at(-1)).toBe('f');
    }),
    { numRuns: 500 },
  );
});

test('depth counts edges: a chain of three is found at three and not at two', async () => {
  const chain = [edge('a', 'b', 0.9), edge('b', 'c', 0.9), edge('c', 'd', 0.9)];
  expect((await find(chain, 'a', 'd', 3)).path?.edges).toHaveLength(3);
  expect((await find(chain, 'a', 'd', 2)).path).toBeNull();
});

test('what is not known, or may be nothing, is no step', async () => {
  const edges = [edge('a', 'b', null), edge('a', 'c', 0), edge('b', 'd', 1), edge('c', 'd', 1)];
  expect((await find(edges, 'a', 'd', 5)).path).toBeNull();
});

test('a full graph, of which there are more simple paths than anyone could try, asks each label once', async () => {
  const names = Array.from({ length: 60 }, (_, at) => `n${at}`);
  const edges = names.flatMap((cause, i) =>
    names.flatMap((effect, j) => (i === j ? [] : [edge(cause, effect, 0.5 + ((i * j) % 7) / 20)])),
  );
  const { path, asked } = await find(edges, 'n0', 'nowhere', 16);
  expect(path).toBeNull();
  expect(new Set(asked).size).toBe(asked.length);
  expect(asked).toHaveLength(60);
});
