import { describe, expect, test } from 'vitest';
import { newcombe, studentQuantile, welch, wilson } from '#main/agentdb/causes/intervals.ts';

describe('intervals are those of the papers that they are named after', () => {
  test('Wilson: 81 of 263, and none of 20', () => {
    expect(wilson({ share: 81 / 263, n: 263 })).toMatchObject({
      low: expect.closeTo(0.2553, 4),
      high: expect.closeTo(0.3662, 4),
    });
    expect(wilson({ share: 0, n: 20 })).toEqual({ low: 0, high: expect.closeTo(0.1611, 4) });
  });

  test('Newcombe, table II (a) and (g): 56/70 less 48/80, and 10/10 less 0/20', () => {
    const a = newcombe({ share: 56 / 70, n: 70 }, { share: 48 / 80, n: 80 });
    expect(a).toEqual({ low: expect.closeTo(0.0524, 4), high: expect.closeTo(0.3339, 4) });
    const g = newcombe({ share: 1, n: 10 }, { share: 0, n: 20 });
    expect(g).toEqual({ low: expect.closeTo(0.6791, 4), high: 1 });
  });

  test("Welch: Student's own sleep data, as R's t.test has it", () => {
    const one = { mean: 0.75, variance: 3.200556 / 10, freedom: 9 };
    const other = { mean: 2.33, variance: 4.009 / 10, freedom: 9 };
    const { low, high } = welch(one, other);
    expect(low).toBeCloseTo(-3.3655, 3);
    expect(high).toBeCloseTo(0.2055, 3);
  });

  test.each([
    [4, 2.7764],
    [5, 2.5706],
    [10, 2.2281],
    [30, 2.0423],
    [1000, 1.9623],
  ])("Student's t with %d degrees of freedom", (freedom, quantile) => {
    expect(Math.abs(studentQuantile(freedom) - quantile)).toBeLessThan(0.001);
  });
});
