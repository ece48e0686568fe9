import { cancelled } from '#main/core/abort.ts';
import { OmegaError, type Result } from '#shared/error.ts';

/** How many items are under way at once, and how many consecutive ones are taken together. */
export type BatchProcessorOptions = {
  readonly maxConcurrent: number;
  /** Items that are taken at once and done one after the other; 1 where absent. */
  readonly batchSize?: number;
};

/** Who cancels a batch, and who is told each result as it comes. */
export type BatchOptions<R> = {
  readonly signal?: AbortSignal;
  readonly onResult?: (result: Result<R>, index: number) => void;
};

/** Works through lists of items, some at once; one that fails keeps none of the others. */
export class BatchProcessor {
  readonly #maxConcurrent: number;
  readonly #batchSize: number;

  /** Throws `INVALID_INPUT` where a number is no whole one from 1 on. */
  constructor({ maxConcurrent, batchSize = 1 }: BatchProcessorOptions) {
    for (const [name, value] of Object.entries({ maxConcurrent, batchSize })) {
      if (Number.isInteger(value) && value >= 1) continue;
      throw new OmegaError('INVALID_INPUT', `${name} takes a whole number from 1 on.`);
    }
    this.#maxConcurrent = maxConcurrent;
    this.#batchSize = batchSize;
  }

  /**
   * Calls `fn` with each item and its index, and gives the results in the order of the items. Once
   * the signal aborts no further item begins; those that had not are `CANCELLED`. Never rejects for
   * what an item throws.
   */
  async processBatch<T, R>(
    items: readonly T[],
    fn: (item: T, index: number, signal: AbortSignal) => Promise<R> | R,
    { signal = new AbortController().signal, onResult }: BatchOptions<R> = {},
  ): Promise<readonly Result<R>[]> {
    const results: Result<R>[] = new Array(items.length);
    let next = 0;
    const worker = async (): Promise<void> => {
      while (next < items.length) {
        const from = next;
        next += this.#batchSize;
        for (const [at, item] of items.slice(from, next).entries()) {
          const result = await settled(() => fn(item, from + at, signal), signal);
          results[from + at] = result;
          onResult?.(result, from + at);
        }
      }
    };
    await Promise.all(Array.from({ length: this.#maxConcurrent }, worker));
    return results;
  }
}

async function settled<R>(call: () => Promise<R> | R, signal: AbortSignal): Promise<Result<R>> {
  try {
    if (signal.aborted) throw cancelled(signal);
    return { ok: true, data: await call() };
  } catch (error) {
    if (error instanceof OmegaError) return { ok: false, error: error.toData() };
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, error: { code: 'INTERNAL', message, retryable: false } };
  }
}
