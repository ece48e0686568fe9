import { AsyncLocalStorage } from 'node:async_hooks';
import { steadyNow } from '#main/core/clock.ts';
import { withTrace } from '#main/core/trace.ts';
import type { LoopType } from '#shared/loops.ts';

/** Longest that a timer waits at once: a machine that slept is noticed within it. */
const longestWaitMs = 60_000;
/** How late a timer may be before something must be wrong. */
const latenessMs = 60_000;

type Armed = { readonly timer: NodeJS.Timeout; readonly at: number };

/** One timer a loop, none of which keeps the process alive. */
export class LoopTimers {
  readonly #armed = new Map<LoopType, Armed>();
  readonly #ring: (type: LoopType) => void;
  /** A timer that a call set must not ring as part of that call, its trace and its job. */
  readonly #outside = AsyncLocalStorage.snapshot();

  /** `ring` is called when a loop's time has come, or is to be looked at again. */
  constructor(ring: (type: LoopType) => void) {
    this.#ring = ring;
  }

  /** Rings in so many ms, or earlier; a timer that was set before is forgotten. */
  arm(type: LoopType, ms: number): void {
    this.disarm(type);
    const wait = Math.min(ms, longestWaitMs);
    const timer = setTimeout(() => {
      this.#armed.delete(type);
      this.#outside(() => withTrace(null, () => this.#ring(type)));
    }, wait);
    timer.unref();
    this.#armed.set(type, { timer, at: steadyNow() + wait });
  }

  disarm(type: LoopType): void {
    clearTimeout(this.#armed.get(type)?.timer);
    this.#armed.delete(type);
  }

  clear(): void {
    for (const type of [...this.#armed.keys()]) this.disarm(type);
  }

  /** Whether a timer is set and not long overdue. */
  isArmed(type: LoopType): boolean {
    const armed = this.#armed.get(type);
    return armed !== undefined && steadyNow() - armed.at < latenessMs;
  }
}
