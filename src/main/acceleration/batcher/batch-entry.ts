import { cancelled } from '#main/core/abort.ts';

/** Items that `fn` was given together; `wanted` counts those whose callers have not left. */
export type Batch = { readonly controller: AbortController; wanted: number };

/** One call that waits for its answer. */
export type Entry<I, O> = {
  readonly item: I;
  /** When it came, by the batcher's clock. */
  readonly at: number;
  /** The call that it is for. */
  readonly trace: string | null;
  readonly resolve: (answer: O) => void;
  readonly reject: (error: unknown) => void;
  /** Forgets the caller's signal. */
  release: (() => void) | null;
  /** Null while it waits. */
  batch: Batch | null;
  gone: boolean;
};

/**
 * Lets an entry leave when its caller's signal aborts: out of the line by `drop`, or out of its batch,
 * which is aborted once nobody wants it.
 */
export function watchEntry<I, O>(
  entry: Entry<I, O>,
  signal: AbortSignal,
  drop: (entry: Entry<I, O>) => void,
): void {
  const leave = (): void => {
    const { batch } = entry;
    if (batch === null) drop(entry);
    else {
      entry.gone = true;
      if (--batch.wanted === 0) batch.controller.abort(signal.reason);
    }
    entry.reject(cancelled(signal));
  };
  signal.addEventListener('abort', leave, { once: true });
  entry.release = () => signal.removeEventListener('abort', leave);
}
