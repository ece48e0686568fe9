import { steadyNow } from '#main/core/clock.ts';
import type { AsyncResource } from '#main/core/disposable.ts';
import type { CallFigures } from '#shared/calls.ts';

/** Least time between two, in ms. */
const leastMs = 100;
/** How often figures that change by the passing of time alone are looked at, in ms. */
const quietMs = 250;

/**
 * Tells of figures when they changed, at most ten times a second. After the last change they are
 * looked at four times a second until they stand still (a rate falls and a reason fades by itself), so that
 * the last that is told is how things stay.
 */
export class FigureNews implements AsyncResource {
  readonly #figures: () => CallFigures;
  readonly #tell: (figures: CallFigures) => void;
  #timer: NodeJS.Timeout | null = null;
  #isSoon = false;
  #toldAt = Number.NEGATIVE_INFINITY;
  #told = '';

  constructor(figures: () => CallFigures, tell: (figures: CallFigures) => void) {
    this.#figures = figures;
    this.#tell = tell;
  }

  changed(): void {
    if (this.#isSoon) return;
    this.#isSoon = true;
    this.#look(Math.max(0, this.#toldAt + leastMs - steadyNow()));
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#isSoon = true;
  }

  #look(inMs: number): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#now(), inMs).unref();
  }

  #now(): void {
    this.#isSoon = false;
    this.#timer = null;
    const figures = this.#figures();
    const text = JSON.stringify(figures);
    if (text !== this.#told) {
      this.#told = text;
      this.#toldAt = steadyNow();
      this.#tell(figures);
    }
    if (!this.#isSoon && !isStill(figures)) this.#look(quietMs);
  }
}

function isStill({ perSecond, slow, inFlight, queued }: CallFigures): boolean {
  return perSecond === 0 && slow.length === 0 && inFlight + queued === 0;
}
