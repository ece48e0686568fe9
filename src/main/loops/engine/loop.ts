import type { CycleInput, CycleOutput, LoopAction, LoopCycle, LoopType } from '#shared/loops.ts';

/** What a cycle may know beside its input. */
export type CycleContext = {
  readonly id: string;
  /** The last cycles of this loop that are over, the newest first. */
  readonly history: readonly LoopCycle[];
  /** Ends with its deadline, with the app, and when a person cancels it. */
  readonly signal: AbortSignal;
};

/** One of the seven loops: what it does in a cycle. Made over its ports by the factory of its folder. */
export type Loop = {
  readonly type: LoopType;
  /** Does what is due. What it rejects with becomes the cycle's error. */
  run(input: CycleInput, context: CycleContext): Promise<CycleOutput>;
  /**
   * Takes back one of its actions that is `done`, by the before and after in its parameters. Throws
   * `CONFLICT` where something else changed the same since. Absent where nothing can be taken back.
   */
  revert?(action: LoopAction, signal: AbortSignal): Promise<void>;
};

/**
 * What one loop hands to another: a pattern that is too large for it goes up (escalation), what it
 * decided changes a faster one (feedback).
 */
export type Connection = {
  readonly from: LoopType;
  readonly to: LoopType;
  readonly how: 'escalation' | 'feedback';
  /** The other's input, or null where there is nothing to hand over; `history` begins with the cycle. */
  readonly input: (cycle: LoopCycle, history: readonly LoopCycle[]) => CycleInput | null;
};
