/** A rest, in ms, from which a refusal is dear: the width that it came at is not tried again soon. */
const dearRestMs = 1_000;
/** Answers that make up for a refusal, so that those which a trial costs are below a hundredth. */
const enoughAnswers = 100;
/** How many rests it lasts at least, and at most where answers are few. */
const leastRests = 3;
const mostRests = 10;

/** Keeps a limit below a width at which refusals were dear, until it is worth another trial. */
export class RefusalHold {
  /** The width up to which a limit may go meanwhile. */
  ceiling = Number.POSITIVE_INFINITY;
  #from = 0;
  #until = Number.NEGATIVE_INFINITY;
  #answers = 0;

  /** Whether a refusal that asks for such a rest is dear. */
  static isDear(restMs: number): boolean {
    return restMs >= dearRestMs;
  }

  /** Begins anew; times in ms. */
  begin(now: number, restMs: number, ceiling: number): void {
    this.ceiling = Math.max(1, ceiling);
    this.#from = now + leastRests * restMs;
    this.#until = now + mostRests * restMs;
    this.#answers = 0;
  }

  answered(): void {
    this.#answers += 1;
  }

  isOn(now: number): boolean {
    return now < this.#from || (now < this.#until && this.#answers < enoughAnswers);
  }
}
