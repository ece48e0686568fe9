import type { Connection } from './engine/loop.ts';
import { patternsToAdaptive } from './reactive/patterns-to-adaptive.ts';
import { strainsToAdaptive } from './reflexive/reflexive-loop.ts';

/**
 * What the loops hand to each other, in the order in which it is asked for. A connection stands in
 * the folder of the loop that it comes from, beside the output that it reads, and is listed here.
 */
export const connections: readonly Connection[] = [strainsToAdaptive, patternsToAdaptive];
