import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reveal, windowRows } from '../../../src/renderer/model/window-rows.ts';

describe('windowRows', () => {
  it('always holds what is seen, never leaves the list, and stays small', () => {
    const nat = (max: number) => fc.nat({ max });
    fc.assert(
      fc.property(nat(20_000), fc.integer({ min: 1, max: 80 }), nat(2e6), nat(3000), (...args) => {
        const [count, height, top, viewport] = args;
        const { first, end } = windowRows(count, height, top, viewport);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(count);
        expect(first).toBeLessThanOrEqual(end);
        expect(end - first).toBeLessThanOrEqual(Math.ceil(viewport / height) + 26);
        const seen = Math.floor(top / height);
        if (seen < count) expect(first <= seen && (seen < end || viewport === 0)).toBe(true);
      }),
    );
  });
});

describe('reveal', () => {
  it('scrolls as little as it must', () => {
    expect(reveal(2, 30, 0, 300)).toBe(0);
    expect(reveal(20, 30, 0, 300)).toBe(330);
    expect(reveal(2, 30, 600, 300)).toBe(60);
  });
});
