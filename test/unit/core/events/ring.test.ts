import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ring } from '#main/core/events/ring.ts';

describe('a ring', () => {
  // The reference's buffer of size 0 divides by it at the first event.
  it('of capacity 0 takes nothing and stays usable', () => {
    const ring = new Ring<number>(0);
    expect([ring.push(1), ring.size, ring.first, ring.shift(), [...ring]]).toEqual([
      false,
      0,
      undefined,
      undefined,
      [],
    ]);
  });

  it.each([-1, 1.5, Number.NaN])('of capacity %d is refused', (capacity) => {
    expect(() => new Ring(capacity)).toThrow(RangeError);
  });

  // Catches an index that is wrong after it went round with holes at either end.
  it('behaves as a list of which the front is cut off', () => {
    const steps = fc.array(fc.oneof(fc.constant('shift'), fc.constant('clear'), fc.integer()));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), steps, (capacity, all) => {
        const ring = new Ring<number>(capacity);
        let list: number[] = [];
        for (const step of all) {
          if (step === 'clear') {
            ring.clear();
            list = [];
          } else if (step === 'shift') {
            expect(ring.shift()).toBe(list.shift());
          } else {
            expect(ring.push(step as number)).toBe(list.length < capacity);
            list = [...list, step as number].slice(-capacity);
          }
          expect([[...ring], ring.size, ring.first]).toEqual([list, list.length, list[0]]);
        }
      }),
    );
  });
});
