import { SearchSpace } from '../space/search-space.ts';

/** How texts are embedded: sessions side by side, threads of each, and texts in one request. */
export const embeddingSpace = new SearchSpace([
  { type: 'choice', name: 'slots', values: [1, 2, 3, 4] },
  { type: 'choice', name: 'threads', values: [1, 2, 3, 4] },
  { type: 'range', name: 'maxBatch', min: 1, max: 64, scale: 'log', levels: 7, integer: true },
]);

/** Longest that a single text may wait while many are embedded, in ms: longer, and a search is felt to hang. */
export const patienceMs = 100;

/** Texts a second, cut down by how much longer than {@link patienceMs} single texts waited (ms each), in the mean. */
export function embeddingScore(textsPerSecond: number, waits: readonly number[]): number {
  const kept = waits.map((ms) => Math.min(1, patienceMs / Math.max(ms, 1)));
  return (textsPerSecond * kept.reduce((sum, one) => sum + one, 0)) / Math.max(1, waits.length);
}
