import type { CycleInput, CycleOutput, LoopCycle, LoopType } from '#shared/loops.ts';

/** What a cycle may know beside its input. */
export type CycleContext = {
  readonly id: string;
  /** The last cycles of this loop that are over, the newest first. */
  readonly history: readonly LoopCycle[];
  /** Ends with its deadline, with the app, and when a person cancels it. */
  readonly signal: AbortSignal;
};

/** One of the seven loops: what it does in a cycle. */
export type Loop = {
  readonly type: LoopType;
  /** Does what is due. What it rejects with becomes the cycle's error. */
  run(input: CycleInput, context: CycleContext): Promise<CycleOutput>;
};

/**
 * What one loop hands to another: a pattern that is too large for it goes up (escalation), what it
 * decided changes a faster one (feedback).
 */
export type Connection = {
  readonly from: LoopType;
  readonly to: LoopType;
  readonly how: 'escalation' | 'feedback';
  /** The other's input, or null where there is nothing to hand over. */
  readonly input: (cycle: LoopCycle, history: readonly LoopCycle[]) => CycleInput | null;
};
