import { setTimeout as sleep } from 'node:timers/promises';
import { normal, seededRandom } from '#main/core/random.ts';
import type { Domain, Evaluation } from '#main/meta-sona/domains/domain.ts';
import type { Point } from '#main/meta-sona/space/dimension.ts';
import { engines, speed } from '../unit/meta-sona/spaces.ts';

/** How the work of a made-up domain goes wrong. */
export type Odd = (point: Point, signal: AbortSignal) => Promise<Evaluation> | Evaluation | null;

const inForce = { engine: 'graph', links: 16, ef: 100 };

/**
 * A domain over a landscape with noise that the seed decides, so that a search can be compared with
 * what is best. `odd` may answer in its place.
 */
export function enginesDomain(odd: Odd = () => null): Domain & { readonly closed: () => number } {
  let closed = 0;
  return {
    name: 'vector-search',
    space: engines,
    unit: 'queries/s',
    limits: ['latencyMs'],
    closed: () => closed,
    settingsOf: ({ engine, links, ef }) => ({
      'acceleration.vectorEngine': engine === 'graph' ? 'usearch' : 'exact',
      'agentdb.hnswM': Number(links ?? 0),
      'agentdb.hnswEf': Math.round(Number(ef ?? 0)),
    }),
    open: async ({ seed }) => {
      const noise = seededRandom(seed);
      return {
        about: 'a made-up landscape',
        inForce,
        evaluate: async (point, _tasks, _turn, signal) => {
          const strange = await odd(point, signal);
          if (strange) return strange;
          const score = speed(point) * (1 + 0.03 * normal(noise));
          const quality = Math.min(1, score / 9_000);
          return { score, quality, rules: {}, figures: { latencyMs: 1_000 / score } };
        },
        dispose: () => {
          closed += 1;
        },
      };
    },
  };
}

/** Never ends, unless it is told to. */
export async function forEver(signal: AbortSignal): Promise<never> {
  await sleep(3_600_000, undefined, { signal });
  throw new Error('An hour has passed.');
}
