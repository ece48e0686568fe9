import { untilAborted } from '#main/core/until-aborted.ts';
import { backfillVectors } from './backfill.ts';
import type { RecallParts } from './recall.ts';

/** Makes the vectors of memories that were stored without, once texts can be embedded again. */
export class LaterVectors {
  readonly #parts: RecallParts;
  readonly #closing: () => AbortSignal;
  /** Until it was looked: an earlier run may have left some without. */
  #lacking = true;
  #running: Promise<number> | null = null;

  /** @param closing ends what goes on */
  constructor(parts: RecallParts, closing: () => AbortSignal) {
    this.#parts = parts;
    this.#closing = closing;
  }

  /** Notes that a memory was stored without its vector. */
  lack(): void {
    this.#lacking = true;
  }

  /** Notes that a text could be embedded: what lacks a vector gets it now, in the background. */
  works(): void {
    if (!this.#lacking || this.#running) return;
    this.#lacking = false;
    this.run(undefined).catch(() => {
      this.#lacking = true;
    });
  }

  /** Makes all that are missing. How many; fails with `UNAVAILABLE` where none can be made. */
  run(signal: AbortSignal | undefined): Promise<number> {
    this.#running ??= backfillVectors(this.#parts, this.#closing()).finally(() => {
      this.#running = null;
    });
    return untilAborted(this.#running, signal);
  }

  /** Ends when nothing goes on. */
  async idle(): Promise<void> {
    await this.#running?.catch(() => undefined);
  }
}
