import { describe, expect, it } from 'vitest';
import { normal, seededRandom } from '../../../src/main/core/random.ts';
import { advantages } from '../../../src/main/meta-sona/policy/advantages.ts';
import { gaussianOf, logDensity } from '../../../src/main/meta-sona/policy/gaussian.ts';
import { Network } from '../../../src/main/meta-sona/policy/network.ts';
import { type Decision, ppoLoss } from '../../../src/main/meta-sona/policy/ppo-loss.ts';
import { RangePolicy } from '../../../src/main/meta-sona/policy/range-policy.ts';
import { SearchSpace } from '../../../src/main/meta-sona/space/search-space.ts';

const inputs = 4;

/** Decisions of an older policy, so that some ratios are clipped and others not. */
function decisionsBy(random: () => number): readonly Decision[] {
  const older = new Network(inputs, 5, 2, random);
  return Array.from({ length: 12 }, () => {
    const state = Float64Array.from({ length: inputs }, () => random());
    const { output } = older.forward(state);
    const gaussian = gaussianOf(output[0] ?? 0, output[1] ?? 0);
    const action = gaussian.mean + Math.exp(gaussian.logSpread) * normal(random);
    return {
      ...{ state, action, advantage: normal(random), outcome: random() },
      // Half of them are far from the policy that is trained.
      logDensity: logDensity(gaussian, action) + (random() < 0.5 ? 0 : 0.4 * normal(random)),
    };
  });
}

describe('the gradient of the loss', () => {
  it('is what finite differences say, for every weight of both networks', () => {
    for (const seed of [1, 2, 3]) {
      const random = seededRandom(seed);
      const actor = new Network(inputs, 5, 2, random);
      const critic = new Network(inputs, 5, 1, random);
      const decisions = decisionsBy(random);
      const { gradients } = ppoLoss({ actor, critic }, decisions);
      const step = 1e-6;
      for (const [network, gradient] of [
        [actor, gradients.actor],
        [critic, gradients.critic],
      ] as const) {
        for (let at = 0; at < network.weights.length; at++) {
          const before = network.weights[at] ?? 0;
          network.weights[at] = before + step;
          const up = ppoLoss({ actor, critic }, decisions).loss;
          network.weights[at] = before - step;
          const down = ppoLoss({ actor, critic }, decisions).loss;
          network.weights[at] = before;
          expect(gradient[at]).toBeCloseTo((up - down) / (2 * step), 5);
        }
      }
    }
  });

  it('is nothing for the actor where the policy has moved as far as it may', () => {
    const random = seededRandom(4);
    const actor = new Network(inputs, 5, 2, random);
    const critic = new Network(inputs, 5, 1, random);
    const state = Float64Array.from([0.1, 0.2, 0.3, 0.4]);
    const { output } = actor.forward(state);
    const now = logDensity(gaussianOf(output[0] ?? 0, output[1] ?? 0), 0.5);
    const one = { state, action: 0.5, outcome: 0, logDensity: now - 1 };
    const moved = ppoLoss({ actor, critic }, [{ ...one, advantage: 1 }]).gradients.actor;
    const stayed = ppoLoss({ actor, critic }, [{ ...one, advantage: 0 }]).gradients.actor;
    // What is left is the bonus for entropy.
    expect([...moved]).toEqual([...stayed]);
  });
});

describe('advantages', () => {
  it('are sums of surprises, each later one counting less, and end with the episode', () => {
    const steps = [
      { reward: 0, value: 0.5, last: false },
      { reward: 1, value: 0.25, last: true },
      { reward: 2, value: 0, last: true },
    ];
    const second = 1 - 0.25;
    const first = 0 + 0.99 * 0.25 - 0.5;
    expect(advantages(steps)).toEqual([first + 0.99 * 0.95 * second, second, 2]);
  });
});

describe('the policy over ranges', () => {
  it('learns a place for each choice from rewards alone', () => {
    const space = new SearchSpace([
      { type: 'choice', name: 'kind', values: ['low', 'high'] },
      { type: 'range', name: 'x', min: 0, max: 1, scale: 'linear', levels: 101 },
    ]);
    const random = seededRandom(5);
    const policy = new RangePolicy(space, 0.01, random);
    const goal = { low: 0.2, high: 0.8 };
    const error = (kind: 'low' | 'high'): number => {
      const drawn = Array.from({ length: 50 }, () => Number(policy.draw({ kind }).point.x));
      return drawn.reduce((sum, x) => sum + Math.abs(x - goal[kind]), 0) / drawn.length;
    };
    const before = error('low') + error('high');
    for (let round = 0; round < 60; round++) {
      const episodes = Array.from({ length: 32 }, (_, at) => {
        const kind = at % 2 === 0 ? 'low' : 'high';
        const episode = policy.draw({ kind });
        return { episode, reward: 1 - Math.abs(Number(episode.point.x) - goal[kind]) };
      });
      policy.learn(episodes);
    }
    expect(error('low') + error('high')).toBeLessThan(0.5 * before);
  });
});
