import { percentile } from './statistics.ts';

/** Something that answers single calls, in groups or not. */
export type Runner = { run(item: number): Promise<number> };

/** Items a second, and the 95th percentile of what a call took, in milliseconds. */
export type LoadFigures = { readonly itemsPerSecond: number; readonly p95Ms: number };

/** So many callers, each asking for the next item as soon as it has its answer, for `ms`. */
export async function load(runner: Runner, callers: number, ms: number): Promise<LoadFigures> {
  const latencies: number[] = [];
  const start = performance.now();
  const caller = async (): Promise<void> => {
    for (let asked = performance.now(); asked - start < ms; asked = performance.now()) {
      const answer = await runner.run(callers);
      if (answer !== callers) throw new Error(`an item got the answer ${answer}`);
      latencies.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const seconds = (performance.now() - start) / 1_000;
  return { itemsPerSecond: latencies.length / seconds, p95Ms: percentile(latencies, 0.95) };
}

/** Takes up to `size` of what waits, whenever the one before is done: what people write first. */
export class FixedBatcher implements Runner {
  readonly #waiting: { readonly item: number; readonly resolve: (answer: number) => void }[] = [];
  readonly #fn: (items: readonly number[]) => Promise<readonly number[]>;
  readonly #size: number;
  #busy = false;

  constructor(fn: (items: readonly number[]) => Promise<readonly number[]>, size: number) {
    this.#fn = fn;
    this.#size = size;
  }

  run(item: number): Promise<number> {
    return new Promise((resolve) => {
      this.#waiting.push({ item, resolve });
      if (!this.#busy) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#busy = true;
    // Lets the calls that are made together go together.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#size);
      const answers = await this.#fn(batch.map(({ item }) => item));
      for (const [index, { resolve }] of batch.entries()) resolve(answers[index] ?? Number.NaN);
      await new Promise(setImmediate);
    }
    this.#busy = false;
  }
}

/** Holds the thread for `ms(size)` and answers each item with itself. */
export function kernel(ms: (size: number) => number) {
  return async (items: readonly number[]): Promise<readonly number[]> => {
    const end = performance.now() + ms(items.length);
    while (performance.now() < end);
    return items;
  };
}
