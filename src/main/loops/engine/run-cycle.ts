import { setTimeout as wait } from 'node:timers/promises';
import { cancelled } from '#main/core/abort.ts';
import { steadyNow } from '#main/core/clock.ts';
import { untilAborted } from '#main/core/until-aborted.ts';
import { type ErrorData, OmegaError } from '#shared/error.ts';
import { type CycleOutput, cycleOutputSchema, type LoopCycle } from '#shared/loops.ts';
import type { Loop } from './loop.ts';

/** How long work may take to heed its signal, in ms. */
const graceMs = 250;

/** Within which time a cycle has to end, and what cancels it. */
export type CycleLimits = {
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  /** Told of work that goes on though its cycle is over: it does not heed its signal. */
  readonly onLeft: (work: Promise<unknown>) => void;
};

/**
 * Runs one cycle to its end, however it goes: what it throws, a deadline that passes, an output that
 * is none. Never rejects. One that does not heed its signal is left behind.
 */
export async function runCycle(
  loop: Loop,
  begun: LoopCycle,
  history: readonly LoopCycle[],
  { deadlineMs, signal, onLeft }: CycleLimits,
): Promise<LoopCycle> {
  const start = steadyNow();
  const deadline = AbortSignal.timeout(Math.ceil(deadlineMs));
  const either = AbortSignal.any([signal, deadline]);
  const over = (end: Pick<LoopCycle, 'state' | 'output' | 'error'>): LoopCycle => ({
    ...begun,
    ...end,
    durationMs: steadyNow() - start,
  });
  let work: Promise<CycleOutput> | null = null;
  try {
    work = loop.run(begun.input, { id: begun.id, history, signal: either });
    const output = parsed(await untilAborted(work, either));
    return over({ state: 'succeeded', output, error: null });
  } catch (error) {
    if (work && either.aborted && !(await settles(work))) onLeft(work);
    if (signal.aborted) {
      return over({ state: 'cancelled', output: null, error: cancelled(signal).toData() });
    }
    const late = `The ${loop.type} cycle took longer than ${deadlineMs / 1_000} s and was ended.`;
    const cause = deadline.aborted ? new OmegaError('TIMEOUT', late, { retryable: true }) : error;
    return over({ state: 'failed', output: null, error: dataOf(cause) });
  }
}

/** Whether work ends within the moment that it takes to heed a signal. */
function settles(work: Promise<unknown>): Promise<boolean> {
  const settled = work.then(
    () => true,
    () => true,
  );
  return Promise.race([settled, wait(graceMs, false)]);
}

function parsed(output: CycleOutput): CycleOutput {
  const { data, error } = cycleOutputSchema.safeParse(output);
  if (data) return data;
  throw new OmegaError('INTERNAL', `The cycle gave an output that is none: ${error.message}`);
}

function dataOf(error: unknown): ErrorData {
  if (error instanceof OmegaError) return error.toData();
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'INTERNAL', message, retryable: true };
}
