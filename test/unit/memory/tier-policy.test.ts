import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decayed, promotion, type TierPolicies, worthOf } from '#main/memory/tier-policy.ts';
import { type Memory, type MemoryTier, memoryTiers } from '#shared/memory.ts';

const minute = 60_000;
const policies = Object.fromEntries(
  memoryTiers.map((tier, at) => [
    tier,
    { retentionMs: at > 4 ? null : minute * 10 ** at, capacity: 10 },
  ]),
) as TierPolicies;

function placed(tier: MemoryTier, change: Partial<Memory> = {}, enteredAt = 0) {
  const memory: Memory = {
    id: 'm',
    tier,
    type: 'fact',
    text: 'text',
    importance: 0.5,
    confidence: 1,
    tags: [],
    metadata: {},
    createdAt: 0,
    accessedAt: 0,
    uses: 0,
    provenance: { source: 'user', merged: [], moves: [] },
    ...change,
  };
  return { memory, enteredAt };
}

describe('promotion', () => {
  it('needs worth and half of the retention, and goes one step', () => {
    expect(promotion(placed('immediate'), policies, minute / 2 - 1)).toBeNull();
    expect(promotion(placed('immediate'), policies, minute / 2)).toBe('short-term');
    expect(promotion(placed('immediate', { importance: 0.2 }), policies, minute)).toBeNull();
    expect(promotion(placed('session', { importance: 0.3 }), policies, 1e9)).toBeNull();
    // Ten recalls are worth a quarter.
    expect(promotion(placed('session', { importance: 0.3, uses: 10 }), policies, 1e9)).toBe(
      'episodic',
    );
  });

  it('is counted from the last move, so that looking again moves nothing', () => {
    const moved = placed('short-term', { importance: 1 }, 1e9);
    expect(promotion(moved, policies, 1e9)).toBeNull();
    expect(promotion(moved, policies, 1e9 + 5 * minute)).toBe('session');
  });

  it('ends where memories are kept for ever', () => {
    for (const tier of ['procedural', 'strategic'] as const) {
      expect(promotion(placed(tier, { importance: 1, uses: 1e6 }), policies, 1e15)).toBeNull();
    }
  });
});

describe('decay', () => {
  it('halves with each retention, and taken in parts is the same as taken at once', () => {
    const policy = policies.session;
    expect(decayed(0.8, policy, 0, policy.retentionMs ?? 0)).toBeCloseTo(0.4);
    fc.assert(
      fc.property(
        fc.double({ min: 0.06, max: 1, noNaN: true }),
        fc.array(fc.nat(700_000), { minLength: 1, maxLength: 8 }),
        (importance, steps) => {
          let [now, inParts] = [0, importance];
          for (const step of steps) {
            inParts = decayed(inParts, policy, now, now + step);
            now += step;
          }
          expect(inParts).toBeCloseTo(decayed(importance, policy, 0, now), 9);
        },
      ),
    );
  });

  it('neither raises what is small nor follows a clock that is set back', () => {
    expect(decayed(0.01, policies.session, 0, 1e12)).toBe(0.01);
    expect(decayed(0.5, policies.session, 1e12, 0)).toBe(0.5);
    // Nor does one that is set forward by years take more than one retention does.
    expect(decayed(0.5, policies.session, 0, 1e15)).toBe(0.25);
    expect(decayed(0.06, policies.session, 0, 1e15)).toBe(0.05);
  });
});

describe('worth', () => {
  it('grows with use and is 1 at most', () => {
    expect(worthOf({ importance: 0.5, uses: 0 })).toBe(0.5);
    expect(worthOf({ importance: 0.5, uses: 3 })).toBeGreaterThan(0.6);
    expect(worthOf({ importance: 0.9, uses: 1e9 })).toBe(1);
  });
});
