/** How much one rendering may do. */
export type Limits = {
  /** Nodes, operands and loop items. */
  readonly steps: number;
  /** UTF-16 code units written, those of included templates and of functions among them. */
  readonly output: number;
  /** Templates within templates. */
  readonly depth: number;
  readonly milliseconds: number;
};

/** Far above what public charts take: the largest of them stay below a tenth of each. */
export const usualLimits: Limits = {
  steps: 5_000_000,
  output: 50_000_000,
  depth: 150,
  milliseconds: 10_000,
};

/** Why a rendering was stopped. */
export class OverBudget extends Error {}

/** Counts what a rendering does, and stops it at its limits. */
export class Budget {
  readonly #limits: Limits;
  readonly #end: number;
  readonly #now: () => number;
  #steps = 0;
  #output = 0;

  constructor(limits: Limits = usualLimits, now: () => number = () => performance.now()) {
    this.#limits = limits;
    this.#now = now;
    this.#end = now() + limits.milliseconds;
  }

  /** Counts work done. @throws OverBudget past the limit of steps or time. */
  step(count = 1): void {
    const before = this.#steps;
    this.#steps += count;
    if (this.#steps > this.#limits.steps)
      throw new OverBudget(`Rendering takes more than ${this.#limits.steps} steps.`);
    if (before >> 12 !== this.#steps >> 12 && this.#now() > this.#end)
      throw new OverBudget(
        `Rendering takes longer than ${this.#limits.milliseconds / 1000} seconds.`,
      );
  }

  /** Counts text made. @throws OverBudget past the limit. */
  write(length: number): void {
    this.#output += length;
    this.step(1 + (length >> 10));
    if (this.#output > this.#limits.output)
      throw new OverBudget(`Rendering writes more than ${this.#limits.output} characters.`);
  }

  /** @throws OverBudget where templates nest too deep. */
  depth(depth: number): void {
    if (depth > this.#limits.depth)
      throw new OverBudget(
        `Templates include each other more than ${this.#limits.depth} deep; does one include itself?`,
      );
  }
}
