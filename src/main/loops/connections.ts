import { sharedDrift } from './deliberative/shared-drift.ts';
import type { Connection } from './engine/loop.ts';
import { appliedToAdaptive, barrenToTransformative } from './evolutionary/connections.ts';
import { patternsToAdaptive } from './reactive/patterns-to-adaptive.ts';
import { strainsToAdaptive } from './reflexive/reflexive-loop.ts';
import { oddOnesOut } from './transcendent/odd-ones-out.ts';
import { policiesToDeliberative } from './transformative/policies-to-deliberative.ts';

/**
 * What the loops hand to each other, in the order in which it is asked for. A connection stands in
 * the folder of the loop that it comes from, beside the output that it reads, and is listed here.
 */
export const connections: readonly Connection[] = [
  strainsToAdaptive,
  patternsToAdaptive,
  sharedDrift,
  oddOnesOut,
  appliedToAdaptive,
  barrenToTransformative,
  policiesToDeliberative,
];
