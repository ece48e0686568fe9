import { normal, type Random } from '#main/core/random.ts';

/** What a forward pass leaves behind for the backward pass. */
export type Pass = { readonly hidden: Float64Array; readonly output: Float64Array };

/** A perceptron with one hidden layer of tanh; its weights lie in one array, so that one optimizer moves all. */
export class Network {
  readonly weights: Float64Array;
  readonly #inputs: number;
  readonly #hidden: number;
  readonly #outputs: number;

  /** Small weights at random; the outputs begin near zero. */
  constructor(inputs: number, hidden: number, outputs: number, random: Random) {
    this.#inputs = inputs;
    this.#hidden = hidden;
    this.#outputs = outputs;
    this.weights = new Float64Array(hidden * (inputs + 1) + outputs * (hidden + 1));
    const first = hidden * inputs;
    for (let at = 0; at < first; at++) this.weights[at] = normal(random) / Math.sqrt(inputs);
    const second = hidden * (inputs + 1);
    for (let at = 0; at < outputs * hidden; at++) this.weights[second + at] = 0.01 * normal(random);
  }

  forward(input: Float64Array): Pass {
    const hidden = new Float64Array(this.#hidden);
    const output = new Float64Array(this.#outputs);
    const bias = this.#hidden * this.#inputs;
    for (let row = 0; row < this.#hidden; row++) {
      let sum = this.#at(bias + row);
      for (let at = 0; at < this.#inputs; at++) {
        sum += this.#at(row * this.#inputs + at) * (input[at] ?? 0);
      }
      hidden[row] = Math.tanh(sum);
    }
    const second = bias + this.#hidden;
    const outBias = second + this.#outputs * this.#hidden;
    for (let row = 0; row < this.#outputs; row++) {
      let sum = this.#at(outBias + row);
      for (let at = 0; at < this.#hidden; at++) {
        sum += this.#at(second + row * this.#hidden + at) * (hidden[at] ?? 0);
      }
      output[row] = sum;
    }
    return { hidden, output };
  }

  /** Adds to `gradient` how the weights change what `slopes` (by each output) is the slope of. */
  backward(
    input: Float64Array,
    { hidden }: Pass,
    slopes: readonly number[],
    gradient: Float64Array,
  ): void {
    const bias = this.#hidden * this.#inputs;
    const second = bias + this.#hidden;
    const outBias = second + this.#outputs * this.#hidden;
    const back = new Float64Array(this.#hidden);
    for (let row = 0; row < this.#outputs; row++) {
      const slope = slopes[row] ?? 0;
      add(gradient, outBias + row, slope);
      for (let at = 0; at < this.#hidden; at++) {
        const place = second + row * this.#hidden + at;
        add(gradient, place, slope * (hidden[at] ?? 0));
        back[at] = (back[at] ?? 0) + slope * this.#at(place);
      }
    }
    for (let row = 0; row < this.#hidden; row++) {
      const slope = (back[row] ?? 0) * (1 - (hidden[row] ?? 0) ** 2);
      add(gradient, bias + row, slope);
      for (let at = 0; at < this.#inputs; at++) {
        add(gradient, row * this.#inputs + at, slope * (input[at] ?? 0));
      }
    }
  }

  #at(place: number): number {
    return this.weights[place] ?? 0;
  }
}

function add(array: Float64Array, place: number, value: number): void {
  array[place] = (array[place] ?? 0) + value;
}
