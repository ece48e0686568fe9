import { pick, type Random } from '#main/core/random.ts';
import { OmegaError } from '#shared/error.ts';
import {
  type Choice,
  type Dimension,
  type Point,
  placeOf,
  type Range,
  type Value,
  valueAt,
} from './dimension.ts';

/**
 * A typed space of parameters: choices first, then ranges, each of which may exist only for some of
 * the choices before it. Throws `INVALID_INPUT` where it is not well made.
 */
export class SearchSpace {
  readonly dimensions: readonly Dimension[];
  readonly choices: readonly Choice[];
  readonly ranges: readonly Range[];

  constructor(dimensions: readonly Dimension[]) {
    this.dimensions = dimensions;
    this.choices = dimensions.filter((one) => one.type === 'choice');
    this.ranges = dimensions.filter((one) => one.type === 'range');
    checkDimensions(dimensions);
  }

  /** The next choice that is open for what was chosen; null where all are made. */
  nextChoice(chosen: Point): Choice | null {
    return this.choices.find((one) => !(one.name in chosen) && exists(one, chosen)) ?? null;
  }

  /** The ranges that exist for what was chosen. */
  rangesFor(chosen: Point): readonly Range[] {
    return this.ranges.filter((one) => exists(one, chosen));
  }

  /** Any point of the space. */
  sample(random: Random): Point {
    return this.withRanges(this.withChoices({}, random), () => random());
  }

  /** What was chosen, with the choices that are still open made at random. */
  withChoices(chosen: Point, random: Random): Point {
    let point = chosen;
    for (let next = this.nextChoice(point); next; next = this.nextChoice(point)) {
      point = { ...point, [next.name]: pick(next.values, random) };
    }
    return point;
  }

  /** What was chosen, with each range at the place (0 to 1) that is said for it. */
  withRanges(chosen: Point, place: (range: Range, before: Point) => number): Point {
    let point = chosen;
    for (const range of this.rangesFor(chosen)) {
      point = { ...point, [range.name]: valueAt(range, place(range, point)) };
    }
    return point;
  }

  /** A point of which every number is moved to the nearest that the space has. */
  nearest(point: Point): Point {
    const moved: Record<string, Value> = { ...point };
    for (const { name, values } of this.choices) {
      const wanted = moved[name];
      if (typeof wanted !== 'number') continue;
      const away = (value: Value): number => Math.abs(Number(value) - wanted);
      moved[name] = values.reduce((best, value) => (away(value) < away(best) ? value : best));
    }
    for (const range of this.rangesFor(moved)) {
      const wanted = moved[range.name];
      if (typeof wanted === 'number') moved[range.name] = valueAt(range, placeOf(range, wanted));
    }
    return moved;
  }

  /** The same text for the same point, whatever the order of its parameters. */
  keyOf(point: Point): string {
    let key = '';
    for (const { name } of this.dimensions) {
      if (point[name] !== undefined) key += `${key && ' '}${name}=${point[name]}`;
    }
    return key;
  }

  /** Every point, in order. A space that is searched has thousands of them, not millions. */
  *points(chosen: Point = {}): Generator<Point> {
    const next = this.nextChoice(chosen);
    if (next) {
      for (const value of next.values) yield* this.points({ ...chosen, [next.name]: value });
      return;
    }
    const range = this.rangesFor(chosen).find(({ name }) => !(name in chosen));
    if (!range) {
      yield chosen;
      return;
    }
    const places = Array.from({ length: range.levels }, (_, at) => at / (range.levels - 1));
    for (const value of new Set(places.map((place) => valueAt(range, place)))) {
      yield* this.points({ ...chosen, [range.name]: value });
    }
  }

  /**
   * A point as numbers from 0 to 1, always equally many: a choice as one of its values that is 1, a
   * range as its place and whether it exists.
   */
  encode(point: Point): Float64Array {
    const numbers: number[] = [];
    for (const { name, values } of this.choices) {
      for (const value of values) numbers.push(point[name] === value ? 1 : 0);
    }
    for (const range of this.ranges) {
      const value = point[range.name];
      numbers.push(
        typeof value === 'number' ? placeOf(range, value) : 0.5,
        value === undefined ? 0 : 1,
      );
    }
    return Float64Array.from(numbers);
  }

  /** How far two points are apart, 0 to 1: the mean over the parameters that either has. */
  distance(one: Point, other: Point): number {
    let [sum, count] = [0, 0];
    for (const dimension of this.dimensions) {
      const [a, b] = [one[dimension.name], other[dimension.name]];
      if (a === undefined && b === undefined) continue;
      count += 1;
      if (a === undefined || b === undefined) sum += 1;
      else if (dimension.type === 'choice') sum += a === b ? 0 : 1;
      else sum += Math.abs(placeOf(dimension, Number(a)) - placeOf(dimension, Number(b)));
    }
    return count === 0 ? 0 : sum / count;
  }
}

function exists({ when }: Dimension, chosen: Point): boolean {
  const value = when ? chosen[when.of] : undefined;
  return !when || (value !== undefined && when.in.includes(value));
}

function checkDimensions(dimensions: readonly Dimension[]): void {
  const names = new Set<string>();
  let hasRange = false;
  for (const dimension of dimensions) {
    const { name, when, type } = dimension;
    const wrong = (why: string) =>
      new OmegaError('INVALID_INPUT', `The parameter "${name}" ${why}`);
    if (names.has(name)) throw wrong('is there twice.');
    if (when && !names.has(when.of)) throw wrong(`waits for "${when.of}", which is not before it.`);
    if (type === 'choice' && hasRange)
      throw wrong('is a choice and has to come before the ranges.');
    if (type === 'choice' && dimension.values.length === 0) throw wrong('has no value.');
    if (type === 'range' && !isRange(dimension)) throw wrong('has no sound bounds or levels.');
    hasRange ||= type === 'range';
    names.add(name);
  }
}

function isRange({ min, max, scale, levels }: Range): boolean {
  return min < max && levels >= 2 && Number.isFinite(max - min) && (scale === 'linear' || min > 0);
}
