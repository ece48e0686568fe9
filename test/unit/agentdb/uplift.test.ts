import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimateUplift, leastEpisodes } from '#main/agentdb/causes/uplift.ts';
import type { CausalSums, Sums } from '#main/storage/agentdb/causal-store.ts';
import { seededRandom } from '../../../bench/synthetic-source.ts';

type Trial = { readonly task: number; readonly held: boolean; readonly outcome: number };

const sums = (trials: readonly Trial[]): Sums => ({
  n: trials.length,
  sum: trials.reduce((sum, { outcome }) => sum + outcome, 0),
  squares: trials.reduce((sum, { outcome }) => sum + outcome ** 2, 0),
});

/** What the store gives: strata of tasks in which the cause held, and the total. */
function summed(trials: readonly Trial[]): Omit<CausalSums, 'upto'> {
  const tasks = [...new Set(trials.filter(({ held }) => held).map(({ task }) => task))];
  const strata = tasks.map((task) => {
    const of = trials.filter((trial) => trial.task === task);
    return {
      held: sums(of.filter(({ held }) => held)),
      absent: sums(of.filter(({ held }) => !held)),
    };
  });
  return { strata, total: sums(trials) };
}

/** Episodes of which `chance` says how likely they succeed; the cause is likelier on later tasks. */
function simulate(
  random: () => number,
  count: number,
  tasks: number,
  outcome: (task: number, held: boolean) => number,
): Trial[] {
  return Array.from({ length: count }, () => {
    const task = Math.floor(random() * tasks);
    const held = random() < (tasks === 1 ? 0.4 : 0.2 + (0.6 * task) / (tasks - 1));
    return { task, held, outcome: outcome(task, held) };
  });
}

/** In how many of the simulations the interval holds the truth. */
function coverage(kind: 'share' | 'mean', truth: number, simulation: () => Trial[]): number {
  let held = 0;
  const rounds = 1_000;
  for (let round = 0; round < rounds; round += 1) {
    const { low, high } = estimateUplift(kind, summed(simulation()));
    if ((low ?? 1) <= truth && truth <= (high ?? -1)) held += 1;
  }
  return held / rounds;
}

describe('the interval holds the truth as often as it says', () => {
  test('of shares', () => {
    const random = seededRandom(1);
    const chance = (_: number, held: boolean) => (random() < (held ? 0.7 : 0.5) ? 1 : 0);
    const share = coverage('share', 0.2, () => simulate(random, 80, 1, chance));
    expect(share).toBeGreaterThan(0.93);
    expect(share).toBeLessThan(0.98);
  });

  test('of rare successes in few episodes', () => {
    const random = seededRandom(2);
    const chance = (_: number, held: boolean) => (random() < (held ? 0.05 : 0.02) ? 1 : 0);
    const share = coverage('share', 0.03, () => simulate(random, 50, 1, chance));
    expect(share).toBeGreaterThan(0.93);
  });

  test('of rewards', () => {
    const random = seededRandom(3);
    // Other spreads on either side: what Welch is there for.
    const reward = (_: number, held: boolean) => (held ? 0.6 + 0.4 * random() : 0.7 * random());
    const share = coverage('mean', 0.45, () => simulate(random, 40, 1, reward));
    expect(share).toBeGreaterThan(0.93);
    expect(share).toBeLessThan(0.975);
  });

  test.each(['share', 'mean'] as const)(
    'of a %s, where the cause is tried on easy tasks',
    (kind) => {
      const random = seededRandom(4);
      const outcome = (task: number, held: boolean) => {
        const chance = 0.2 + 0.15 * task + (held ? 0.1 : 0);
        return kind === 'share' ? Number(random() < chance) : chance + 0.2 * (random() - 0.5);
      };
      const trials = () => simulate(random, 200, 4, outcome);
      expect(coverage(kind, 0.1, trials)).toBeGreaterThan(0.93);
      // The same at once, tasks forgotten: the interval is about something else.
      const crude = () => trials().map((trial) => ({ ...trial, task: 0 }));
      expect(coverage(kind, 0.1, crude)).toBeLessThan(0.8);
    },
  );
});

test("Simpson's paradox: worse at every task, better on the whole, is worse", () => {
  const of = (task: number, held: boolean, n: number, successes: number): Trial[] =>
    Array.from({ length: n }, (_, at) => ({ task, held, outcome: Number(at < successes) }));
  // Kidney stones (Charig et al., BMJ 1986): keyhole surgery against open surgery.
  const trials = [
    ...of(1, true, 270, 234),
    ...of(1, false, 87, 81),
    ...of(2, true, 80, 55),
    ...of(2, false, 263, 192),
  ];
  const crude = summed(trials.map((trial) => ({ ...trial, task: 0 })));
  expect(estimateUplift('share', crude).uplift).toBeGreaterThan(0.04);
  const { uplift, byTask } = estimateUplift('share', summed(trials));
  expect(byTask).toBe(true);
  expect(uplift).toBeLessThan(-0.04);
});

test('tasks that were tried once each cannot be compared within; then all are, and it says so', () => {
  const random = seededRandom(5);
  const trials = Array.from({ length: 200 }, (_, task) => {
    const held = task % 2 === 0;
    return { task, held, outcome: Number(random() < (held ? 0.9 : 0.3)) };
  });
  const { byTask, uplift, withCause, withoutCause } = estimateUplift('share', summed(trials));
  expect({ byTask, withCause, withoutCause }).toEqual({
    byTask: false,
    withCause: 100,
    withoutCause: 100,
  });
  expect(uplift).toBeGreaterThan(0.4);
});

test('too few episodes on one side are no estimate, and one more is', () => {
  const trials = (held: number): Trial[] => [
    ...Array.from({ length: held }, () => ({ task: 1, held: true, outcome: 1 })),
    ...Array.from({ length: 50 }, () => ({ task: 1, held: false, outcome: 0 })),
  ];
  const few = estimateUplift('share', summed(trials(leastEpisodes - 1)));
  expect(few).toMatchObject({ uplift: null, low: null, high: null, withCause: leastEpisodes - 1 });
  expect(estimateUplift('share', summed(trials(leastEpisodes))).uplift).toBe(1);
  const none = estimateUplift('share', { strata: [], total: { n: 0, sum: 0, squares: 0 } });
  expect(none.uplift).toBeNull();
});

test('rewards that are all the same are not taken for certain', () => {
  const shares = Array.from({ length: 30 }, (_, at) => (at + 1) / 31);
  // Some of these leave a hair of variance by rounding, some less than nothing.
  for (const held of shares) {
    for (const absent of shares) {
      const trials = Array.from({ length: 14 }, (_, at) => {
        return { task: 1, held: at % 2 === 0, outcome: at % 2 === 0 ? held : absent };
      });
      const { low, high, uplift } = estimateUplift('mean', summed(trials));
      expect(uplift).toBeCloseTo(held - absent);
      expect((high ?? 0) - (low ?? 0), `${held} and ${absent}`).toBeGreaterThan(0.3);
    }
  }
});

test('no number is ever NaN, beyond its bounds, or out of order', () => {
  const trial = fc.record({
    task: fc.integer({ min: 0, max: 4 }),
    held: fc.boolean(),
    outcome: fc.oneof(fc.constantFrom(0, 1), fc.float({ min: 0, max: 1, noNaN: true })),
  });
  fc.assert(
    fc.property(fc.array(trial, { maxLength: 60 }), (trials) => {
      const shares = trials.map((one) => ({ ...one, outcome: Math.round(one.outcome) }));
      for (const [kind, all] of [
        ['mean', trials],
        ['share', shares],
      ] as const) {
        const { uplift, low, high } = estimateUplift(kind, summed(all));
        if (uplift === null || low === null || high === null) continue;
        const ordered = [-1, low, uplift, high, 1];
        for (const [at, value] of ordered.entries()) {
          expect(value).toBeGreaterThanOrEqual((ordered[at - 1] ?? -1) - 1e-9);
        }
      }
    }),
  );
});
