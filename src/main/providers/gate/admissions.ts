import { steadyNow } from '#main/core/clock.ts';
import { Durations } from '#main/core/metrics/durations.ts';

/** What a decision at once takes at most. */
const instantMs = 1;

/**
 * What a request came to before anyone was asked: answered by the cache (`hit`), left to the same call
 * of another (`shared`), `refused` as no provider may be asked now, `over-budget`, or `passed` on.
 */
export const admissionKinds = ['hit', 'shared', 'refused', 'over-budget', 'passed'] as const;
/** One of {@link admissionKinds}. */
export type AdmissionKind = (typeof admissionKinds)[number];

/** Admissions of one kind: how many, and how long the decision took; null where that is not known. */
export type AdmissionFigures = {
  readonly count: number;
  readonly meanMs: number | null;
  readonly p99Ms: number | null;
  readonly mostMs: number | null;
  /** Of those whose time is known, the decisions within a millisecond. */
  readonly timed: number;
  readonly instant: number;
};

/** One call on its way in; it is counted once. */
export type Admission = {
  /** The cache has no answer: others decide from now on. */
  readonly missed: () => void;
  /** It is sent to a provider. */
  readonly passed: () => void;
  /** It came to an end before it was sent to anyone. */
  readonly ended: (kind: AdmissionKind) => void;
};

type Kept = { count: number; most: number; instant: number; readonly durations: Durations };

/** Counts how requests were admitted, from one taking of the figures to the next. */
export class Admissions {
  #kept = new Map<AdmissionKind, Kept>();

  /** Counts one; `ms` from its call to the decision, null where that waited for others. */
  note(kind: AdmissionKind, ms: number | null): void {
    let kept = this.#kept.get(kind);
    if (!kept) {
      kept = { count: 0, most: 0, instant: 0, durations: new Durations() };
      this.#kept.set(kind, kept);
    }
    kept.count += 1;
    if (ms === null) return;
    kept.durations.record(ms);
    if (ms > kept.most) kept.most = ms;
    if (ms <= instantMs) kept.instant += 1;
  }

  /** Follows a call that came at `began`, in ms of the steady clock. */
  begin(began: number): Admission {
    let isOver = false;
    let missedMs: number | null = null;
    const over = (kind: AdmissionKind, ms: number | null): void => {
      if (!isOver) this.note(kind, ms);
      isOver = true;
    };
    return {
      missed: () => {
        missedMs ??= steadyNow() - began;
      },
      passed: () => over('passed', missedMs),
      ended: (kind) => over(kind, steadyNow() - began),
    };
  }

  /** How many there are. */
  get count(): number {
    return [...this.#kept.values()].reduce((sum, { count }) => sum + count, 0);
  }

  /** What was counted since it was taken last; kinds that did not occur are left out. */
  take(): Partial<Record<AdmissionKind, AdmissionFigures>> {
    const kept = this.#kept;
    this.#kept = new Map();
    return Object.fromEntries(
      [...kept].map(([kind, { count, most, instant, durations }]) => [
        kind,
        {
          count,
          meanMs: durations.averageMs,
          p99Ms: durations.quantileMs(0.99),
          mostMs: durations.count === 0 ? null : most,
          timed: durations.count,
          instant,
        },
      ]),
    );
  }
}
