import { normal, type Random } from '#main/core/random.ts';
import type { Point, Range } from '../space/dimension.ts';
import type { SearchSpace } from '../space/search-space.ts';
import { Adam } from './adam.ts';
import { advantages } from './advantages.ts';
import { gaussianOf, logDensity } from './gaussian.ts';
import { Network } from './network.ts';
import { type ActorCritic, type Decision, ppoLoss } from './ppo-loss.ts';

const hidden = 16;
/** Passes over the decisions of one round. */
const epochs = 4;

/** One step of an episode: the place of one range, decided when the choices and earlier ranges stood. */
export type Step = {
  readonly state: Float64Array;
  readonly action: number;
  readonly logDensity: number;
  readonly value: number;
};

/** A point with the decisions that made it. */
export type Episode = { readonly point: Point; readonly steps: readonly Step[] };

/**
 * Learns which places in the ranges are good for which choices, by proximal policy optimization. An
 * episode sets one range after the other; its reward comes at its end.
 */
export class RangePolicy {
  readonly networks: ActorCritic;
  readonly #space: SearchSpace;
  readonly #random: Random;
  readonly #optimizers: { readonly actor: Adam; readonly critic: Adam };

  constructor(space: SearchSpace, learningRate: number, random: Random) {
    this.#space = space;
    this.#random = random;
    const inputs = space.encode({}).length + space.ranges.length;
    this.networks = {
      actor: new Network(inputs, hidden, 2, random),
      critic: new Network(inputs, hidden, 1, random),
    };
    const { actor, critic } = this.networks;
    this.#optimizers = {
      actor: new Adam(actor.weights.length, learningRate),
      critic: new Adam(critic.weights.length, learningRate),
    };
  }

  /** Sets the ranges that exist for some choices, each as the policy draws it. */
  draw(chosen: Point): Episode {
    const steps: Step[] = [];
    const point = this.#space.withRanges(chosen, (range, before) => {
      const state = this.#stateOf(range, before);
      const { output } = this.networks.actor.forward(state);
      const gaussian = gaussianOf(output[0] ?? 0, output[1] ?? 0);
      const action = gaussian.mean + Math.exp(gaussian.logSpread) * normal(this.#random);
      const value = this.networks.critic.forward(state).output[0] ?? 0;
      steps.push({ state, action, logDensity: logDensity(gaussian, action), value });
      return action;
    });
    return { point, steps };
  }

  /** Learns from episodes and what each was worth, 0 to 1. */
  learn(episodes: readonly { readonly episode: Episode; readonly reward: number }[]): void {
    const decisions = episodes.flatMap(({ episode, reward }) => decisionsOf(episode, reward));
    if (decisions.length === 0) return;
    const level = centred(decisions);
    for (let epoch = 0; epoch < epochs; epoch++) {
      const { gradients } = ppoLoss(this.networks, level);
      this.#optimizers.actor.step(this.networks.actor.weights, gradients.actor);
      this.#optimizers.critic.step(this.networks.critic.weights, gradients.critic);
    }
  }

  #stateOf(range: Range, before: Point): Float64Array {
    const which = this.#space.ranges.map((one) => (one === range ? 1 : 0));
    return Float64Array.from([...this.#space.encode(before), ...which]);
  }
}

function decisionsOf({ steps }: Episode, reward: number): readonly Decision[] {
  const worths = steps.map(({ value }, at) => {
    const last = at === steps.length - 1;
    return { value, last, reward: last ? reward : 0 };
  });
  const gains = advantages(worths);
  return steps.map(({ state, action, logDensity: before, value }, at) => {
    const advantage = gains[at] ?? 0;
    return { state, action, logDensity: before, advantage, outcome: advantage + value };
  });
}

/** Advantages with a mean of 0 and a spread of 1, so that the size of rewards sets no pace. */
function centred(decisions: readonly Decision[]): readonly Decision[] {
  const mean = decisions.reduce((sum, one) => sum + one.advantage, 0) / decisions.length;
  const square = decisions.reduce((sum, one) => sum + (one.advantage - mean) ** 2, 0);
  const spread = Math.sqrt(square / decisions.length) || 1;
  return decisions.map((one) => ({ ...one, advantage: (one.advantage - mean) / spread }));
}
