import type { CycleInput, LoopCycle, LoopType } from '#shared/loops.ts';
import type { CycleCause } from './running-cycles.ts';

/** Cycles of one loop that wait at most; beyond it the oldest goes. */
const mostWaiting = 20;

/** A cycle that something asked for, and that begins as soon as its loop is free. */
export type WaitingCycle = {
  readonly input: CycleInput;
  readonly by: CycleCause;
  /** Told of the cycle when it is over, or of null where it never began. */
  readonly settle: (cycle: LoopCycle | null) => void;
};

/** The cycles that wait for their loop, first come first served. */
export class WaitingCycles {
  readonly #waiting = new Map<LoopType, WaitingCycle[]>();

  has(type: LoopType): boolean {
    return (this.#waiting.get(type)?.length ?? 0) > 0;
  }

  add(type: LoopType, cycle: WaitingCycle): void {
    const line = this.#waiting.get(type) ?? [];
    this.#waiting.set(type, line);
    line.push(cycle);
    if (line.length > mostWaiting) line.shift()?.settle(null);
  }

  /** The one whose turn it is, which waits no longer; null where none does. */
  take(type: LoopType): WaitingCycle | null {
    return this.#waiting.get(type)?.shift() ?? null;
  }

  /** Puts one back that could not begin yet. */
  putBack(type: LoopType, cycle: WaitingCycle): void {
    this.#waiting.set(type, [cycle, ...(this.#waiting.get(type) ?? [])]);
  }

  /** Lets those of a loop go, or all. */
  drop(type?: LoopType): void {
    for (const one of type === undefined ? [...this.#waiting.keys()] : [type]) {
      for (const cycle of this.#waiting.get(one) ?? []) cycle.settle(null);
      this.#waiting.delete(one);
    }
  }
}
