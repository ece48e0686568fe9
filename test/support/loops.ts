import type { Loop } from '#main/loops/engine/loop.ts';
import type { OmegaRuntime } from '#main/runtime/omega-runtime.ts';
import type { CycleOutput, LoopAction, LoopType } from '#shared/loops.ts';

/** What a cycle found, of what a test cares for. */
export function found(some: Partial<CycleOutput> = {}): CycleOutput {
  return { results: {}, insights: [], actions: [], nextObjectives: [], quality: null, ...some };
}

/** A loop that does what the test says; nothing by itself. */
export function loopOf(type: LoopType, run: Loop['run'] = async () => found()): Loop {
  return { type, run };
}

/** An action of a loop that set a figure. */
export function didSet(id: string, before: number, after: number): LoopAction {
  const parameters = { before, after };
  return { id, kind: 'setting', description: 'The bound', parameters, state: 'done' };
}

/** Gives a runtime loops, beside work of users. */
export function giveLoops(
  runtime: OmegaRuntime,
  loops: readonly Loop[],
  usersWork: () => string | null = () => null,
): void {
  runtime.parts.loops.give({ loops, usersWork });
}
