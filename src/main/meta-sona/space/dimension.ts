/** A value of a dimension. */
export type Value = string | number;

/** A dimension that exists only where an earlier choice has one of some values. */
export type Condition = { readonly of: string; readonly in: readonly Value[] };

/** A discrete choice. */
export type Choice = {
  readonly type: 'choice';
  readonly name: string;
  readonly values: readonly Value[];
  readonly when?: Condition;
};

/** A continuous number, with both bounds. */
export type Range = {
  readonly type: 'range';
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** On a logarithmic scale equal steps are equal factors; `min` is above 0 then. */
  readonly scale: 'linear' | 'log';
  /** How many values it can tell apart, both bounds among them; at least 2. */
  readonly levels: number;
  readonly integer?: boolean;
  readonly when?: Condition;
};

/** One parameter of a search space. */
export type Dimension = Choice | Range;

/** A setting of every parameter that exists for it, by name. */
export type Point = Readonly<Record<string, Value>>;

/** The value of a range at a place between 0 and 1, on one of its levels. */
export function valueAt({ min, max, scale, levels, integer }: Range, unit: number): number {
  const steps = levels - 1;
  const place = Math.round(Math.min(1, Math.max(0, unit)) * steps) / steps;
  const value = scale === 'log' ? min * (max / min) ** place : min + (max - min) * place;
  return integer ? Math.round(value) : Number(value.toPrecision(6));
}

/** The place of a value between the bounds of its range, 0 to 1. */
export function placeOf({ min, max, scale }: Range, value: number): number {
  const held = Math.min(max, Math.max(min, value));
  return scale === 'log' ? Math.log(held / min) / Math.log(max / min) : (held - min) / (max - min);
}
