import type { Point } from '../../../src/main/meta-sona/space/dimension.ts';
import { SearchSpace } from '../../../src/main/meta-sona/space/search-space.ts';

const graph = { of: 'engine', in: ['graph', 'slow-graph'] };

/** A space like that of vector search: parameters that exist for some engines alone. */
export const engines = new SearchSpace([
  { type: 'choice', name: 'engine', values: ['exact', 'graph', 'slow-graph', 'lists'] },
  { type: 'choice', name: 'links', values: [8, 12, 16, 24, 32, 48], when: graph },
  {
    type: 'choice',
    name: 'lists',
    values: [64, 128, 256, 512],
    when: { of: 'engine', in: ['lists'] },
  },
  {
    ...{ type: 'range', name: 'ef', min: 16, max: 512, scale: 'log' },
    levels: 16,
    integer: true,
    when: graph,
  },
  {
    ...{ type: 'range', name: 'probes', min: 1, max: 64, scale: 'log', levels: 12, integer: true },
    when: { of: 'engine', in: ['lists'] },
  },
]);

/** Queries a second, cut down where the recall is missed: a cliff beside the best. */
export function speed(point: Point): number {
  const { engine, links, lists, ef, probes } = point as Readonly<Record<string, number | string>>;
  if (engine === 'exact') return 300;
  const isGraph = engine !== 'lists';
  const recall = isGraph
    ? 1 - 0.9 * Math.exp(-(Number(ef) / 60) * (Number(links) / 16) ** 0.6)
    : 1 - Math.exp((-31 * Number(probes)) / Number(lists));
  const queries = isGraph
    ? (engine === 'graph' ? 9e6 : 5.4e6) / (Number(ef) * Math.sqrt(Number(links)) + 120)
    : 1e6 / (Number(lists) * 1.2 + (Number(probes) * 18_000) / Number(lists));
  return recall >= 0.99 ? queries : queries * 0.5 * (recall / 0.99) ** 8;
}
