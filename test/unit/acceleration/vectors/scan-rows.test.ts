import { expect, test } from 'vitest';
import { BestKeys } from '#main/acceleration/vectors/engines/best-keys.ts';
import { scanInScript, scanRows } from '#main/acceleration/vectors/engines/scan-rows.ts';
import { clustered } from '#test/support/vectors.ts';

test.each([3, 7, 384])(
  'the native scan and the one in TypeScript agree, %i numbers wide',
  (width) => {
    const rows = clustered(200, width);
    const queries = clustered(5, width, 9);
    const keys = Float64Array.from({ length: 200 }, (_, at) => at * 3 + 2 ** 33);
    const scan = (how: typeof scanRows) => {
      const best = Array.from({ length: 5 }, () => new BestKeys(10));
      how(keys, rows, queries, width, 10, best);
      return best.map((list) => list.keys());
    };
    expect(scan(scanRows)).toEqual(scan(scanInScript));
  },
);

test('the best are kept in order, and of equal ones the smaller keys', () => {
  const best = new BestKeys(3);
  for (const [key, score] of [
    [5, 1],
    [1, 2],
    [4, 1],
    [9, 0],
    [3, 1],
  ] as const)
    best.offer(key, score);
  expect(best.keys()).toEqual([1, 3, 4]);
});
