import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/main/core/random.ts';
import { placeOf, type Range, valueAt } from '../../../src/main/meta-sona/space/dimension.ts';
import { SearchSpace } from '../../../src/main/meta-sona/space/search-space.ts';
import { engines } from './spaces.ts';

const ef: Range = { type: 'range', name: 'ef', min: 16, max: 256, scale: 'log', levels: 5 };

describe('a range', () => {
  it('has as many values as levels, equal factors apart on a logarithmic scale', () => {
    const places = Array.from({ length: 100 }, (_, at) => at / 99);
    const values = new Set(places.map((place) => valueAt(ef, place)));
    expect([...values]).toEqual([16, 32, 64, 128, 256]);
    expect(placeOf(ef, 64)).toBeCloseTo(0.5);
  });

  it('holds what lies outside to its bounds', () => {
    expect([valueAt(ef, -3), valueAt(ef, 7)]).toEqual([16, 256]);
    expect([placeOf(ef, 1), placeOf(ef, 1e9)]).toEqual([0, 1]);
  });
});

describe('a search space', () => {
  it('has each point once, with the parameters that exist for its choices', () => {
    const points = [...engines.points()];
    expect(new Set(points.map((one) => engines.keyOf(one))).size).toBe(points.length);
    expect(points.length).toBe(1 + 2 * 6 * 16 + 4 * 11);
    for (const point of points) {
      expect('ef' in point).toBe(String(point.engine).includes('graph'));
      expect('probes' in point).toBe(point.engine === 'lists');
    }
  });

  it('draws only points that it has', () => {
    const keys = new Set([...engines.points()].map((one) => engines.keyOf(one)));
    const random = seededRandom(1);
    for (let at = 0; at < 500; at++) {
      expect(keys.has(engines.keyOf(engines.sample(random)))).toBe(true);
    }
  });

  it('tells how far points are apart', () => {
    const one = { engine: 'graph', links: 16, ef: 16 };
    expect(engines.distance(one, one)).toBe(0);
    expect(engines.distance(one, { ...one, ef: 512 })).toBeCloseTo(1 / 3);
    expect(engines.distance(one, { engine: 'exact' })).toBe(1);
    expect(engines.encode(one)).toHaveLength(engines.encode({}).length);
  });

  it.each([
    ['twice', [ef, ef]],
    ['before it', [{ ...ef, when: { of: 'engine', in: ['x'] } }]],
    ['sound bounds', [{ ...ef, min: 0 }]],
    ['sound bounds', [{ ...ef, min: 5, max: 5 }]],
    ['no value', [{ type: 'choice', name: 'engine', values: [] }]],
    ['before the ranges', [ef, { type: 'choice', name: 'engine', values: ['a'] }]],
  ] as const)('refuses what is not well made: %s', (why, dimensions) => {
    expect(() => new SearchSpace(dimensions)).toThrow(why);
  });
});
