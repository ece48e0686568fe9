/** A step of an episode as far as its worth goes. */
export type Worth = {
  readonly reward: number;
  /** What was expected of the rest before the step. */
  readonly value: number;
  /** Whether the episode ended with it. */
  readonly last: boolean;
};

/** How much a later reward, and a later surprise, counts a step before. */
const [discount, smoothing] = [0.99, 0.95];

/**
 * How much better than expected each step was: generalized advantage estimation, J. Schulman and
 * others, "High-dimensional continuous control" (2016). Steps of one episode follow each other.
 */
export function advantages(steps: readonly Worth[]): readonly number[] {
  const found = new Array<number>(steps.length).fill(0);
  let [next, following] = [0, 0];
  for (let at = steps.length - 1; at >= 0; at--) {
    const { reward, value, last } = steps[at] as Worth;
    if (last) [next, following] = [0, 0];
    const surprise = reward + discount * following - value;
    next = surprise + discount * smoothing * next;
    found[at] = next;
    following = value;
  }
  return found;
}
