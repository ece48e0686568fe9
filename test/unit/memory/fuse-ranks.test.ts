import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuseRanks, type RankedKey, textWeight } from '#main/memory/fuse-ranks.ts';

/** A list of keys whose scores fall from place to place. */
const falling = (keys: readonly number[], weight = 1): readonly RankedKey[] =>
  keys.map((key, at) => ({ key, score: 1000 - at, weight }));

describe('fused ranks', () => {
  it('put what both lists have before what one has', () => {
    const fused = fuseRanks(falling([1, 2, 3]), falling([9, 2, 8]));
    expect(fused[0]).toMatchObject({ key: 2, textRank: 2, vectorRank: 2 });
    expect(fused.find(({ key }) => key === 9)).toMatchObject({ textRank: null, vectorRank: 1 });
  });

  it('keep the order of the only list there is', () => {
    const lists = fc.uniqueArray(fc.nat(1000));
    fc.assert(
      fc.property(lists, (list) => {
        expect(fuseRanks(falling(list), []).map(({ key }) => key)).toEqual(list);
        expect(fuseRanks([], falling(list)).map(({ key }) => key)).toEqual(list);
      }),
    );
  });

  it('hold every key once, whatever is repeated', () => {
    const lists = fc.array(fc.nat(20));
    fc.assert(
      fc.property(lists, lists, (text, vector) => {
        const keys = fuseRanks(falling(text), falling(vector)).map(({ key }) => key);
        expect([...keys].sort()).toEqual([...new Set([...text, ...vector])].sort());
      }),
    );
  });

  it('weigh each place', () => {
    expect(fuseRanks(falling([1], 2), falling([2]))[0]?.key).toBe(1);
    expect(fuseRanks(falling([1]), falling([2], 2))[0]?.key).toBe(2);
  });

  it('give equal scores one rank, so that what else is known of them decides', () => {
    const equal = [4, 5, 6].map((key) => ({ key, score: 0.7, weight: 1 }));
    const fused = fuseRanks([], [...equal, { key: 7, score: 0.6, weight: 1 }]);
    expect(fused.map(({ vectorRank }) => vectorRank)).toEqual([1, 1, 1, 4]);
    expect(new Set(fused.slice(0, 3).map(({ score }) => score)).size).toBe(1);
  });
});

describe('the weight of a text hit', () => {
  it('is that of meaning until its words single a memory out, and then decides', () => {
    expect(textWeight(5, 100_000)).toBe(1);
    expect(textWeight(Math.log(100_000), 100_000)).toBeCloseTo(1);
    expect(textWeight(20, 100_000)).toBeGreaterThan(20);
    // As many shared words say more among few memories.
    expect(textWeight(10, 1_000)).toBeGreaterThan(textWeight(10, 100_000));
    expect(textWeight(3, 0)).toBeGreaterThan(0);
  });
});
