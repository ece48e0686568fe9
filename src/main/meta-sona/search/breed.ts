import { normal, pick, type Random } from '#main/core/random.ts';
import { type Point, placeOf, type Value } from '../space/dimension.ts';
import type { SearchSpace } from '../space/search-space.ts';

/** How far a child's place in a range lies from its parent's, and how often it makes another choice. */
const stray = 0.12;
const mutated = 0.2;

/**
 * A child of two points: each parameter is one parent's, some are changed a little. What exists only
 * for other choices than the child's is made anew.
 */
export function breed(space: SearchSpace, mother: Point, father: Point, random: Random): Point {
  const inherited = (name: string): Value | undefined => {
    const [one, other] = random() < 0.5 ? [mother, father] : [father, mother];
    return one[name] ?? other[name];
  };
  let child: Point = {};
  for (let next = space.nextChoice(child); next; next = space.nextChoice(child)) {
    const own = inherited(next.name);
    const isKept = own !== undefined && next.values.includes(own) && random() >= mutated;
    child = { ...child, [next.name]: isKept ? own : pick(next.values, random) };
  }
  return space.withRanges(child, (range) => {
    const own = inherited(range.name);
    if (typeof own !== 'number') return random();
    return placeOf(range, own) + stray * normal(random);
  });
}
