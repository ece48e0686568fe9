import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openEngine } from '#main/acceleration/vectors/engines/open-engine.ts';
import type { EngineChoice } from '#main/acceleration/vectors/engines/vector-engine.ts';
import { restoreIndex, saveIndex } from '#main/acceleration/vectors/index/index-file.ts';
import { LiveIndex } from '#main/acceleration/vectors/index/live-index.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { clustered, engineChoices, works } from '#test/support/vectors.ts';

const dimensions = 8;
const pool = clustered(400, dimensions);
const row = (at: number) => pool.slice(at * dimensions, (at + 1) * dimensions);
const dot = (a: Float32Array, b: Float32Array) =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

type Step =
  | { readonly do: 'add'; readonly count: number }
  | { readonly do: 'remove' | 'search'; readonly which: number }
  | { readonly do: 'merge' | 'reopen' | 'compact' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('add' as const),
      count: fc.integer({ min: 1, max: 70 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('remove' as const), which: fc.nat(399) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('search' as const), which: fc.nat(399) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('merge' as const, 'reopen' as const, 'compact' as const),
    }),
  },
);

/** An index and what it has to hold, by brute force. */
class Pair {
  readonly model = new Map<number, Float32Array>();
  readonly choice: EngineChoice;
  index: LiveIndex;
  #next = 0;

  constructor(choice: EngineChoice) {
    this.choice = choice;
    this.index = this.#open();
  }

  #open(): LiveIndex {
    const engine = openEngine(this.choice, dimensions, 2);
    // As exact as it can be: a graph that looks at everything it reaches.
    engine.effort = engine.efforts.at(-1) ?? 0;
    return new LiveIndex(engine, dimensions);
  }

  add(count: number): void {
    for (let left = count; left > 0; left -= 1) {
      const key = this.#next++;
      this.model.set(key, row(key % 400));
      this.index.add(Float64Array.of(key), row(key % 400));
    }
  }

  remove(which: number): void {
    const key = [...this.model.keys()][which % Math.max(1, this.model.size)];
    if (key === undefined) return;
    this.model.delete(key);
    this.index.remove([key]);
  }

  merge(): void {
    if (this.index.fresh > 0) this.index.train();
    while (this.index.mergeBlock());
  }

  reopen(): void {
    this.merge();
    if (!this.index.engine.trained) return;
    const path = join(tempFolder(), 'index');
    const { sha256 } = saveIndex(this.index, path);
    this.index = this.#open();
    restoreIndex(this.index, path, sha256);
  }

  compact(): void {
    this.index = this.#open();
    for (const [key, vector] of this.model) this.index.add(Float64Array.of(key), vector);
    this.merge();
  }

  /** Results are there, in order, with their right scores; as many as there are to be had. */
  async check(which: number): Promise<void> {
    const query = row(which);
    const k = 10;
    const { keys, scores } = await this.index.search(query, k);
    const found = [...keys].filter((key) => key >= 0);
    expect(new Set(found).size).toBe(found.length);
    const truth = [...this.model].map(([key, vector]) => ({ key, score: dot(query, vector) }));
    truth.sort((a, b) => b.score - a.score);
    // A graph may leave a vector that none of its edges leads to; its collection reads the store then.
    const unreached =
      this.choice.engine === 'usearch' || this.choice.engine === 'faiss-hnsw' ? 2 : 0;
    expect(found.length).toBeGreaterThanOrEqual(Math.min(k, truth.length - unreached));
    for (const [place, key] of found.entries()) {
      const vector = this.model.get(key);
      expect(vector, `key ${key} is not there`).toBeDefined();
      if (vector) expect(scores[place]).toBeCloseTo(dot(query, vector), 1.4);
      const least = truth[Math.min(place + unreached, truth.length - 1)]?.score ?? 0;
      expect(scores[place]).toBeGreaterThan(least - 0.03);
    }
  }
}

describe.each(engineChoices)('$engine $quantisation', (choice) => {
  test.skipIf(!works(choice))(
    'holds what a map holds, whatever is added, removed, merged, saved and made anew',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 24 }), async (steps) => {
          const pair = new Pair(choice);
          for (const one of steps) {
            if (one.do === 'add') pair.add(one.count);
            else if (one.do === 'remove') pair.remove(one.which);
            else if (one.do === 'search') await pair.check(one.which);
            else pair[one.do]();
          }
          await pair.check(0);
        }),
        { numRuns: 25 },
      );
    },
  );
});

test('a file that was damaged is refused before native code reads it', () => {
  const pair = new Pair({ engine: 'exact' });
  pair.add(3);
  const path = join(tempFolder(), 'index');
  saveIndex(pair.index, path);
  expect(() => restoreIndex(pair.index, path, 'f'.repeat(64))).toThrow(
    expect.objectContaining({ code: 'REFUSED' }),
  );
});
