import { describe, expect, it } from 'vitest';
import { decideLimit } from '#main/loops/adaptive/decide-limit.ts';
import type { LaneWindow } from '#main/loops/adaptive/window.ts';

const none = new Set<string>();
/** A provider that went on with so many calls each time that it refused one more. */
const window = (kept: readonly number[], change: Partial<LaneWindow> = {}): LaneWindow => ({
  ...{ provider: 'openai', answered: 400, refused: kept.length, failed: {}, failures: 0 },
  ...{ allowed: 5, most: 32, meanMs: 100, bounds: { min: 1, max: Number.POSITIVE_INFINITY } },
  edges: kept.map((one, at) => ({ at, asked: one + 1, kept: one })),
  ...change,
});

describe('the bounds of a limit', () => {
  it('are around a capacity that several refusals agree on, a step above it', () => {
    expect(decideLimit(window([5, 5, 6]), null, none)?.value).toEqual({ min: 1, max: 6 });
    expect(decideLimit(window([20, 19, 20, 21, 20]), null, none)?.value).toEqual({
      min: 5,
      max: 22,
    });
  });

  it('stay where refusals are few, disagree, say the same again, or are above what is set', () => {
    expect(decideLimit(window([5, 5]), null, none)).toBeNull();
    expect(decideLimit(window([5, 20, 9]), null, none)).toBeNull();
    expect(decideLimit(window([5, 5, 5]), { min: 1, max: 7 }, none)).toBeNull();
    expect(decideLimit(window([5, 5, 5], { most: 6 }), null, none)?.value ?? null).toBeNull();
  });

  it('are let go of where they alone hold the limit, above and below', () => {
    const bounds = { min: 5, max: 22 };
    expect(decideLimit(window([]), bounds, new Set(['upper']))?.value).toBeNull();
    const atTop = window([], { allowed: 22, refused: 0 });
    expect(decideLimit(atTop, bounds, none)).toMatchObject({ value: null });
    expect(decideLimit(window([5]), bounds, new Set(['lower']))?.value).toEqual({
      min: 1,
      max: 22,
    });
  });
});
