import type { Point } from '../space/dimension.ts';

/** How a point came to be tried. */
export type Origin = 'start' | 'tree' | 'bred' | 'random';

/** One evaluation. */
export type Trial = {
  readonly point: Point;
  readonly key: string;
  readonly generation: number;
  readonly origin: Origin;
  /** Keys of the points that it was bred from. */
  readonly parents: readonly string[];
  /** What was measured; null where it failed, or gave no number. */
  readonly score: number | null;
  /** Why it failed. */
  readonly error: string | null;
};

/** The trial with the highest score; the first of equals. Null where none succeeded. */
export function bestOf(trials: readonly Trial[]): Trial | null {
  return trials.reduce<Trial | null>(
    (best, one) =>
      one.score !== null && (best?.score == null || one.score > best.score) ? one : best,
    null,
  );
}
