import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuseRanks } from '#main/memory/fuse-ranks.ts';

describe('fused ranks', () => {
  it('put what both lists have before what one has', () => {
    const fused = fuseRanks([1, 2, 3], [9, 2, 8]);
    expect(fused[0]).toMatchObject({ key: 2, textRank: 2, vectorRank: 2 });
    expect(fused.find(({ key }) => key === 9)).toMatchObject({ textRank: null, vectorRank: 1 });
  });

  it('keep the order of the only list there is', () => {
    const lists = fc.uniqueArray(fc.nat(1000));
    fc.assert(
      fc.property(lists, (list) => {
        expect(fuseRanks(list, []).map(({ key }) => key)).toEqual(list);
        expect(fuseRanks([], list).map(({ key }) => key)).toEqual(list);
      }),
    );
  });

  it('hold every key once, whatever is repeated', () => {
    const lists = fc.array(fc.nat(20));
    fc.assert(
      fc.property(lists, lists, (text, vector) => {
        const keys = fuseRanks(text, vector).map(({ key }) => key);
        expect([...keys].sort()).toEqual([...new Set([...text, ...vector])].sort());
      }),
    );
  });

  it('weigh the lists', () => {
    expect(fuseRanks([1], [2], { text: 2, vector: 1 })[0]?.key).toBe(1);
    expect(fuseRanks([1], [2], { text: 1, vector: 2 })[0]?.key).toBe(2);
  });
});
