import { type Clock, systemClock } from '#main/core/clock.ts';
import type { Degradation, DegradationLevel } from '#shared/runtime.ts';

/** A level of one part that another one, which stands on it, takes over as one of its own. */
export type Consequence = {
  readonly of: string;
  readonly level: DegradationLevel;
  readonly means: { readonly subsystem: string; readonly level: DegradationLevel };
};

/** What a board is told at the start, and whom it tells. */
export type BoardOptions = {
  readonly consequences: readonly Consequence[];
  readonly onEnter: (degradation: Degradation) => void;
  readonly onLeave: (degradation: Degradation) => void;
  readonly clock?: Pick<Clock, 'now'>;
};

/**
 * Which parts do without something, and why. What follows for those that stand on them is derived,
 * never noted: when a part is whole again, so are they.
 */
export class DegradationBoard {
  readonly #options: BoardOptions;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #own = new Map<string, Degradation>();

  constructor(options: BoardOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  /** A part goes to a level, or stays there for another reason. */
  enter(subsystem: string, level: DegradationLevel, reason: string): void {
    const before = this.list();
    const since = this.#own.get(keyOf(subsystem, level))?.since ?? this.#clock.now();
    this.#own.set(keyOf(subsystem, level), { subsystem, level, reason, since });
    this.#tell(before);
  }

  /** A part leaves a level; without effect where it is not there. */
  leave(subsystem: string, level: DegradationLevel): void {
    const before = this.list();
    this.#own.delete(keyOf(subsystem, level));
    this.#tell(before);
  }

  /** All degradations, those that follow from others included; each level of a part once. */
  list(): readonly Degradation[] {
    const all = new Map(this.#own);
    // A map hands out what is put in while it is walked: consequences of consequences follow.
    for (const degradation of all.values()) {
      for (const { of, level, means } of this.#options.consequences) {
        if (of !== degradation.subsystem || level !== degradation.level) continue;
        const key = keyOf(means.subsystem, means.level);
        if (!all.has(key)) all.set(key, { ...degradation, ...means });
      }
    }
    return [...all.values()];
  }

  /** The degradation of that part to that level, or null. */
  find(subsystem: string, level: DegradationLevel): Degradation | null {
    if (this.#own.size === 0) return null;
    const at = this.list().find((one) => one.subsystem === subsystem && one.level === level);
    return at ?? null;
  }

  /** Whether nothing is degraded. */
  get isWhole(): boolean {
    return this.#own.size === 0;
  }

  #tell(before: readonly Degradation[]): void {
    const after = this.list();
    const has = (list: readonly Degradation[], { subsystem, level }: Degradation) =>
      list.some((one) => one.subsystem === subsystem && one.level === level);
    for (const one of after) if (!has(before, one)) this.#options.onEnter(one);
    for (const one of before) if (!has(after, one)) this.#options.onLeave(one);
  }
}

function keyOf(subsystem: string, level: DegradationLevel): string {
  return `${subsystem} ${level}`;
}
