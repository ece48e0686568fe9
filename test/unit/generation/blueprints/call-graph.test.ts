import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { behindOthers } from '#main/generation/blueprints/call-graph.ts';

const graph = (text: string) =>
  new Map(
    text.split(' ').map((one) => {
      const [from = '', to = ''] = one.split('>');
      return [from, to === '' ? [] : to.split(',')];
    }),
  );
const behind = (text: string) => [...behindOthers(graph(text))].sort().join('');

describe('what stands behind others', () => {
  it.each([
    ['a>b b', 'b'],
    ['a>b,c b>c c', 'bc'],
    // Of a circle that nobody enters, nothing says where people come in.
    ['a>b b>a', ''],
    ['a>b b>a c>a', 'ab'],
    ['a>a b', ''],
  ])('%s: %s', (edges, expected) => {
    expect(behind(edges)).toBe(expected);
  });

  it('is what can be reached by a call from where it does not lead back to', () => {
    const nodes = ['a', 'b', 'c', 'd', 'e'];
    const edge = fc.tuple(fc.constantFrom(...nodes), fc.constantFrom(...nodes));
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 12 }), (edges) => {
        const to = (from: string) =>
          edges.filter(([one]) => one === from).map(([, other]) => other);
        const reach = (from: string): ReadonlySet<string> => {
          const all = new Set([from]);
          for (const one of all) for (const next of to(one)) all.add(next);
          return all;
        };
        const expected = nodes.filter((node) =>
          edges.some(
            ([from, other]) =>
              reach(node).has(other) && reach(other).has(node) && !reach(node).has(from),
          ),
        );
        expect([...behindOthers(new Map(nodes.map((one) => [one, to(one)])))].sort()).toEqual(
          expected,
        );
      }),
    );
  });

  it('takes a long circle without recursion', () => {
    const names = Array.from({ length: 50_000 }, (_, at) => String(at));
    const edges = new Map(names.map((one, at) => [one, [names[(at + 1) % names.length] ?? '']]));
    expect(behindOthers(edges).size).toBe(0);
  });
});
