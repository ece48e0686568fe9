import { steadyNow } from '#main/core/clock.ts';
import type { AsyncResource } from '#main/core/disposable.ts';
import type { Live } from '#main/core/live.ts';
import { OmegaError } from '#shared/error.ts';
import type { CycleInput, LoopCycle, LoopType } from '#shared/loops.ts';
import { isLoopEnabled, loopPeriodMs } from '#shared/settings/loops-settings.ts';
import { absent } from '../loop-needs.ts';
import { type HandedOver, type HandOverOptions, handedOver } from './hand-over.ts';
import type { Loop } from './loop.ts';
import { LoopTimers } from './loop-timers.ts';
import { nextDueMs } from './next-due.ts';
import { type CycleCause, RunningCycles, type RunningCyclesOptions } from './running-cycles.ts';
import { type WaitingCycle, WaitingCycles } from './waiting-cycles.ts';

/** How soon a loop that could not begin tries again, in ms. */
const yieldMs = 5_000;
/** The same where the store failed, in ms. */
const faultMs = 60_000;

/** What the engine stands on. */
export type LoopEngineOptions = RunningCyclesOptions &
  HandOverOptions & {
    /** The loops that there are; others may come while it runs. */
    readonly loops: Live<readonly Loop[]>;
    /** Whether loops begin by their period and by what others hand over; a command's do not. */
    readonly byThemselves: boolean;
    /**
     * Why a loop is not to begin now, though it is due and was held back for so many ms: users' work
     * goes on, the machine is weak. Null where it may begin.
     */
    readonly holdsBack: (loop: LoopType, heldForMs: number) => Promise<string | null>;
  };

/** How a loop stands with the engine. */
export type LoopStanding = {
  readonly isRunning: boolean;
  /** In how many ms it begins by itself; null where it does not. */
  readonly dueInMs: number | null;
  /** For how many ms it has been held back. */
  readonly heldForMs: number;
};

/**
 * Runs the loops: each by its period, on demand, where something happens, and where another hands
 * something over. A loop never runs twice at a time on this data folder; its cycles are kept however
 * they end.
 */
export class LoopEngine implements AsyncResource {
  readonly #options: LoopEngineOptions;
  readonly #cycles: RunningCycles;
  readonly #waiting = new WaitingCycles();
  readonly #timers = new LoopTimers((type) => void this.#look(type));
  readonly #heldSince = new Map<LoopType, number>();
  /** Loops that are about to begin a cycle, or run one that was not asked for by a person. */
  readonly #looking = new Set<LoopType>();
  /** When loops that could not begin try again, by the steady clock. */
  readonly #retryAt = new Map<LoopType, number>();
  readonly #stop = new AbortController();
  readonly #unlisten: readonly (() => void)[];
  readonly #since = steadyNow();

  constructor(options: LoopEngineOptions) {
    this.#options = options;
    this.#cycles = new RunningCycles(options);
    const { settings, loops } = options;
    this.#unlisten = [
      settings.listen(() => {
        // What held a loop back may be what was changed.
        this.#retryAt.clear();
        this.#armAll();
      }),
      loops.listen((_, before) => {
        for (const { type } of before) this.#timers.disarm(type);
        this.#armAll();
      }),
    ];
    this.#armAll();
  }

  /**
   * Runs a cycle now, enabled or not; one that fails is returned as such. Throws `NOT_AVAILABLE` for a
   * loop that is not there, and `REFUSED` while it runs already.
   */
  async cycle(type: LoopType, input: CycleInput, signal: AbortSignal): Promise<LoopCycle> {
    const loop = this.#loop(type);
    if (loop) return this.#run(loop, input, { trigger: 'demand', cause: null }, signal);
    throw absent(type);
  }

  /**
   * Tells a loop of something that happened: its cycle begins at once, or when the one under way is
   * over. Resolves with the cycle, or with null where the loop is off or absent. Never rejects.
   */
  tell(type: LoopType, input: CycleInput): Promise<LoopCycle | null> {
    return this.#ask(type, input, { trigger: 'event', cause: null });
  }

  /** Cancels the cycle of a loop and waits for its end; null where none is under way here. */
  cancel(type: LoopType): Promise<LoopCycle | null> {
    return this.#cycles.cancel(type);
  }

  standing(type: LoopType): LoopStanding {
    return {
      isRunning: this.#cycles.has(type),
      dueInMs: this.#dueInMs(type),
      heldForMs: this.#heldForMs(type),
    };
  }

  /** Loops that should begin by themselves and have no timer: they never would. */
  asleep(): readonly LoopType[] {
    const types = this.#options.loops.current.map(({ type }) => type);
    const isAwake = (type: LoopType): boolean =>
      this.#cycles.has(type) || this.#looking.has(type) || this.#timers.isArmed(type);
    return types.filter((type) => this.#dueInMs(type) !== null && !isAwake(type));
  }

  /** See {@link RunningCycles.ages}. */
  ages(): ReadonlyMap<LoopType, number> {
    return this.#cycles.ages();
  }

  /** Cancels what runs, and waits for it. */
  async dispose(): Promise<void> {
    for (const unlisten of this.#unlisten) unlisten();
    this.#stop.abort();
    this.#timers.clear();
    this.#waiting.drop();
    await this.#cycles.stop();
  }

  async #run(loop: Loop, input: CycleInput, by: CycleCause, signal: AbortSignal) {
    const either = AbortSignal.any([signal, this.#stop.signal]);
    try {
      const ended = await this.#cycles.run(loop, input, by, either);
      this.#heldSince.delete(loop.type);
      for (const { to, input, by } of this.#handedOver(ended)) void this.#ask(to, input, by);
      return ended;
    } finally {
      this.#arm(loop.type);
    }
  }

  #handedOver(cycle: LoopCycle): readonly HandedOver[] {
    const goesOn = this.#options.byThemselves && !this.#stop.signal.aborted;
    return goesOn ? handedOver(cycle, this.#options) : [];
  }

  #ask(type: LoopType, input: CycleInput, by: CycleCause): Promise<LoopCycle | null> {
    const isOff = !this.#loop(type) || !isLoopEnabled(this.#options.settings.current, type);
    if (isOff || this.#stop.signal.aborted) return Promise.resolve(null);
    const { promise, resolve } = Promise.withResolvers<LoopCycle | null>();
    this.#waiting.add(type, { input, by, settle: resolve });
    if (!this.#cycles.has(type)) void this.#look(type);
    return promise;
  }

  /** Begins what waits for a loop, or its period's cycle, where it is time and nothing is against it. */
  async #look(type: LoopType): Promise<void> {
    // Who looks already, arms it anew at the end, and so sees what waits.
    if (this.#looking.has(type)) return;
    this.#looking.add(type);
    const next = this.#waiting.take(type);
    try {
      const loop = this.#loop(type);
      const isDue = next !== null || this.#dueInMs(type) === 0;
      if (loop && isDue && isLoopEnabled(this.#options.settings.current, type)) {
        const ended = await this.#begin(loop, next);
        next?.settle(ended);
      } else next?.settle(null);
    } catch (error) {
      const isBusy = error instanceof OmegaError && error.code === 'REFUSED';
      if (!isBusy) this.#options.onFault(type, error);
      if (next && isBusy && !this.#stop.signal.aborted) this.#waiting.putBack(type, next);
      else next?.settle(null);
      this.#retryAt.set(type, steadyNow() + (isBusy ? yieldMs : faultMs));
    } finally {
      this.#looking.delete(type);
      this.#arm(type);
    }
  }

  /** Runs what waited, or the period's cycle (null); throws `REFUSED` where it is held back. */
  async #begin(loop: Loop, next: WaitingCycle | null): Promise<LoopCycle> {
    const by: CycleCause = next?.by ?? { trigger: 'period', cause: null };
    // What happened just now is users' work itself.
    const held = by.trigger === 'event' ? null : await this.#holdsBack(loop.type);
    const why = this.#stop.signal.aborted ? 'The loops are stopping.' : held;
    if (why !== null) throw new OmegaError('REFUSED', why, { retryable: true });
    const input = next?.input ?? { data: {}, context: '', objectives: [] };
    return this.#run(loop, input, by, this.#stop.signal);
  }

  async #holdsBack(type: LoopType): Promise<string | null> {
    const held = await this.#options.holdsBack(type, this.#heldForMs(type));
    if (held !== null && !this.#heldSince.has(type)) this.#heldSince.set(type, steadyNow());
    return held;
  }

  #heldForMs(type: LoopType): number {
    const now = steadyNow();
    return now - (this.#heldSince.get(type) ?? now);
  }

  #armAll(): void {
    for (const { type } of this.#options.loops.current) this.#arm(type);
  }

  #arm(type: LoopType): void {
    this.#timers.disarm(type);
    if (this.#stop.signal.aborted || this.#cycles.has(type)) return;
    const retryIn = (this.#retryAt.get(type) ?? 0) - steadyNow();
    const dueIn = this.#waiting.has(type) ? 0 : this.#dueOrLater(type);
    if (dueIn !== null) this.#timers.arm(type, Math.max(dueIn, retryIn));
  }

  /** As {@link #dueInMs}; later where the store cannot be read now, so that the loop is not lost. */
  #dueOrLater(type: LoopType): number | null {
    try {
      return this.#dueInMs(type);
    } catch (error) {
      this.#options.onFault(type, error);
      return faultMs;
    }
  }

  #dueInMs(type: LoopType): number | null {
    const { settings, store, clock, byThemselves } = this.#options;
    const periodMs = loopPeriodMs(settings.current, type);
    const isOff = !byThemselves || !this.#loop(type) || !isLoopEnabled(settings.current, type);
    if (isOff || periodMs === null) return null;
    const last = store.latest(type, 1)[0]?.startedAt ?? null;
    return nextDueMs({ now: clock.now(), last, periodMs, upMs: steadyNow() - this.#since });
  }

  #loop(type: LoopType): Loop | null {
    return this.#options.loops.current.find((loop) => loop.type === type) ?? null;
  }
}
