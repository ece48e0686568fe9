import { entropy, gaussianOf, logDensity } from './gaussian.ts';
import type { Network } from './network.ts';

/** One decision of an episode, as it was made, and what came of it. */
export type Decision = {
  readonly state: Float64Array;
  /** The place that was chosen. */
  readonly action: number;
  /** Log density of the action by the policy that chose it. */
  readonly logDensity: number;
  readonly advantage: number;
  /** What the rest of the episode brought. */
  readonly outcome: number;
};

/** How far the policy may move in one round; weights of the critic's error and of the entropy. */
const [clip, criticWeight, entropyWeight] = [0.2, 0.5, 0.01];

/** The two networks: what is done, and what it is worth. */
export type ActorCritic = { readonly actor: Network; readonly critic: Network };

/**
 * The loss of proximal policy optimization over decisions, with its gradients: the clipped objective,
 * the critic's squared error and the entropy's bonus. J. Schulman and others, "Proximal policy
 * optimization algorithms" (2017).
 */
export function ppoLoss({ actor, critic }: ActorCritic, decisions: readonly Decision[]) {
  const gradients = {
    actor: new Float64Array(actor.weights.length),
    critic: new Float64Array(critic.weights.length),
  };
  let loss = 0;
  const share = 1 / Math.max(1, decisions.length);
  for (const { state, action, logDensity: before, advantage, outcome } of decisions) {
    const pass = actor.forward(state);
    const gaussian = gaussianOf(pass.output[0] ?? 0, pass.output[1] ?? 0);
    const ratio = Math.exp(logDensity(gaussian, action) - before);
    const held = Math.min(1 + clip, Math.max(1 - clip, ratio));
    const isHeld = held * advantage < ratio * advantage;
    loss -= share * (isHeld ? held : ratio) * advantage;
    loss -= share * entropyWeight * entropy(gaussian);
    const slope = isHeld ? 0 : -share * ratio * advantage;
    const spread = Math.exp(gaussian.logSpread);
    const score = (action - gaussian.mean) / spread;
    const byMean = slope * (score / spread) * gaussian.meanSlope;
    const bySpread = (slope * (score * score - 1) - share * entropyWeight) * gaussian.spreadSlope;
    actor.backward(state, pass, [byMean, bySpread], gradients.actor);

    const worth = critic.forward(state);
    const error = (worth.output[0] ?? 0) - outcome;
    loss += share * criticWeight * error * error;
    critic.backward(state, worth, [2 * share * criticWeight * error], gradients.critic);
  }
  return { loss, gradients };
}
