import { parseInput } from '#main/core/parse-input.ts';
import { loopTypeOf } from '#main/loops/loop-type-of.ts';
import { OmegaError } from '#shared/error.ts';
import { loopRouteInputs as inputs } from '#shared/loop-routes.ts';
import {
  type CompletedCycle,
  cycleInputSchema,
  type GivenCycleInput,
  type LoopCycle,
  type LoopView,
} from '#shared/loops.ts';
import { AgentDbApi } from './agentdb-api.ts';
import { operations as named } from './operations.ts';
import type { LoopsPart } from './parts/loops-part.ts';

/** The operations on loops, each through their guard. Names of loops are refused with a near one. */
export abstract class LoopsApi extends AgentDbApi {
  /**
   * Runs a cycle of a loop now, within the loop's own deadline; what it found and did. Throws what
   * the cycle fails with (`details.cycle` names it), `NOT_AVAILABLE` for a loop that lacks what it
   * works on, and `REFUSED` for one in the middle of a cycle.
   */
  async executeLoopCycle(
    type: string,
    input: GivenCycleInput = {},
    signal?: AbortSignal,
  ): Promise<CompletedCycle> {
    const cycle = await this.call(named.executeLoopCycle, signal, async (own) => {
      const given = parseInput(cycleInputSchema, named.executeLoopCycle.name, input);
      return this.#loops.cycle(loopTypeOf(type), given, own);
    });
    // Outside the guard: a cycle that fails says nothing about those that run and keep it.
    return completed(cycle);
  }

  /** How each loop is, the fastest first. */
  listLoops(signal?: AbortSignal): Promise<readonly LoopView[]> {
    return this.call(named.listLoops, signal, () => this.#loops.view());
  }

  /** The latest cycles of a loop, or of all (null), the newest first. */
  loopHistory(
    type: string | null,
    limit: number,
    signal?: AbortSignal,
  ): Promise<readonly LoopCycle[]> {
    return this.call(named.loopHistory, signal, async () => {
      const of = type === null ? null : loopTypeOf(type);
      const given = { limit };
      return this.#loops.history(
        of,
        parseInput(inputs['loop.history'], 'loopHistory', given).limit,
      );
    });
  }

  /**
   * Cancels the cycle of a loop, and waits for its end; null where none is under way. Throws
   * `REFUSED` where it runs in another process.
   */
  cancelLoopCycle(type: string, signal?: AbortSignal): Promise<LoopCycle | null> {
    return this.call(named.cancelLoopCycle, signal, async () =>
      this.#loops.cancel(loopTypeOf(type)),
    );
  }

  /** Takes back what a cycle did; see `revertAction`. The cycle as it is now. */
  revertLoopAction(cycle: string, action: string, signal?: AbortSignal): Promise<LoopCycle> {
    return this.call(named.revertLoopAction, signal, async (own) => {
      const given = parseInput(inputs['loop.revert'], 'revertLoopAction', { cycle, action });
      return this.#loops.revert(given.cycle, given.action, own);
    });
  }

  get #loops(): LoopsPart {
    return this.runtime.parts.loops;
  }
}

function completed({ id, output, error, durationMs }: LoopCycle): CompletedCycle {
  if (output && !error) return { ...output, cycleId: id, durationMs: durationMs ?? 0 };
  const { code, message, retryable, details } = error ?? lost;
  throw new OmegaError(code, message, { retryable, details: { ...details, cycle: id } });
}

/** What a cycle ended with that has neither an output nor an error. */
const lost = {
  code: 'INTERNAL',
  message: 'The cycle ended without an output.',
  retryable: true,
  details: {},
} as const;
