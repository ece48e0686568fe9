import type { Fault, FaultPlan } from './fault.ts';

/** The fault of one request for text: the script's next, or one by its share for a draw from 0 to 1. */
export class FaultPicker {
  #script: FaultPlan['script'] | null = null;
  #next = 0;

  pick(plan: FaultPlan, drawn: number): Fault | null {
    if (plan.script !== this.#script) {
      this.#script = plan.script;
      this.#next = 0;
    }
    if (plan.everywhere !== null) return plan.everywhere;
    if (this.#next < plan.script.length) {
      this.#next += 1;
      return plan.script[this.#next - 1] ?? null;
    }
    let below = 0;
    for (const { share, fault } of plan.shares) {
      below += share;
      if (drawn < below) return fault;
    }
    return null;
  }
}
