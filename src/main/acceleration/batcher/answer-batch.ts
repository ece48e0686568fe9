import { OmegaError } from '#shared/error.ts';
import type { BatchClock } from './batch-clock.ts';
import type { Entry } from './batch-entry.ts';
import { withinDeadline } from './within-deadline.ts';

/** A batch function that always answers with a promise. */
export type AsyncBatchFunction<I, O> = (
  items: readonly I[],
  signal: AbortSignal,
) => Promise<readonly (O | Error)[]>;

/**
 * Calls `fn` with the items of `entries` and hands each its answer or its error. Never rejects; true
 * where `fn` failed as a whole: it threw, took longer than `timeoutMs`, or answered too few or too many.
 */
export async function answerBatch<I, O>(
  entries: readonly Entry<I, O>[],
  fn: AsyncBatchFunction<I, O>,
  within: {
    readonly controller: AbortController;
    readonly timeoutMs: number;
    readonly clock: BatchClock;
  },
): Promise<boolean> {
  const { controller, timeoutMs, clock } = within;
  try {
    const items = entries.map(({ item }) => item);
    const work = fn(items, controller.signal);
    const answers = await withinDeadline(work, timeoutMs, controller, clock);
    if (answers.length !== entries.length) {
      const message = `A batch of ${entries.length} items got ${answers.length} answers.`;
      throw new OmegaError('INTERNAL', message);
    }
    for (const [index, entry] of entries.entries()) {
      const answer = answers[index] as O | Error;
      entry.release?.();
      if (answer instanceof Error) entry.reject(answer);
      else entry.resolve(answer);
    }
    return false;
  } catch (error) {
    for (const entry of entries) {
      entry.release?.();
      entry.reject(error);
    }
    return true;
  }
}
