const [firstDecay, secondDecay, tiny] = [0.9, 0.999, 1e-8];
/** Longest step of all weights together, by the length of their gradient. */
const longestGradient = 0.5;

/** Moves weights down a gradient: D. P. Kingma and J. Ba, "Adam" (2015), the gradient's length held. */
export class Adam {
  readonly #first: Float64Array;
  readonly #second: Float64Array;
  readonly #rate: number;
  #steps = 0;

  constructor(weights: number, rate: number) {
    this.#first = new Float64Array(weights);
    this.#second = new Float64Array(weights);
    this.#rate = rate;
  }

  /** Changes the weights in their place. */
  step(weights: Float64Array, gradient: Float64Array): void {
    this.#steps += 1;
    const length = Math.hypot(...gradient);
    const scale = length > longestGradient ? longestGradient / length : 1;
    const rate =
      (this.#rate * Math.sqrt(1 - secondDecay ** this.#steps)) / (1 - firstDecay ** this.#steps);
    for (let at = 0; at < weights.length; at++) {
      const slope = (gradient[at] ?? 0) * scale;
      const first = firstDecay * (this.#first[at] ?? 0) + (1 - firstDecay) * slope;
      const second = secondDecay * (this.#second[at] ?? 0) + (1 - secondDecay) * slope * slope;
      this.#first[at] = first;
      this.#second[at] = second;
      weights[at] = (weights[at] ?? 0) - (rate * first) / (Math.sqrt(second) + tiny);
    }
  }
}
