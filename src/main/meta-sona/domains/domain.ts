import type { AsyncResource } from '#main/core/disposable.ts';
import type { ConfigChange } from '#shared/config.ts';
import type { Constraints, DomainName, IntelligenceSpec } from '#shared/intelligence.ts';
import type { Point } from '../space/dimension.ts';
import type { SearchSpace } from '../space/search-space.ts';

/** What one measurement of a point came to. */
export type Evaluation = {
  /** The higher the better, in the domain's unit. */
  readonly score: number;
  /** Share of the work that was done right, 0 to 1. */
  readonly quality: number;
  /** Whether each rule was kept, by name. */
  readonly rules: Readonly<Record<string, boolean>>;
  /** What else was measured, by name with its unit: `latencyMs`, `memoryMb`, `costUsd` … */
  readonly figures: Readonly<Record<string, number>>;
};

/** Which part of the work is done: a search never sees what its result is judged by. */
export type TaskSet = 'search' | 'held-out';

/** Real work to measure points with, the same for all of them. */
export type TaskBench = AsyncResource & {
  /** What it is: which data, how much. */
  readonly about: string;
  /** The point that is in force now, as near as the space has one. */
  readonly inForce: Point;
  /** Does the work once with a point in force. `turn` counts its repeats; the same turn draws the same work. */
  evaluate(point: Point, tasks: TaskSet, turn: number, signal: AbortSignal): Promise<Evaluation>;
};

/** Something about the app that can be tuned: its space, how it is measured, and the settings behind it. */
export type Domain = {
  readonly name: DomainName;
  readonly space: SearchSpace;
  /** What a score counts, as `queries/s`. */
  readonly unit: string;
  /** Limits that it measures; a spec with others is refused. */
  readonly limits: readonly (keyof Constraints)[];
  /** The settings that put a point in force. */
  settingsOf(point: Point): ConfigChange;
  /** Makes the work ready. Fails with `NOT_AVAILABLE` where there is nothing to measure with. */
  open(spec: IntelligenceSpec, signal: AbortSignal): Promise<TaskBench>;
};
