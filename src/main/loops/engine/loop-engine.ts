import type { Clock } from '#main/core/clock.ts';
import type { AsyncResource } from '#main/core/disposable.ts';
import type { Live } from '#main/core/live.ts';
import type { LoopStore } from '#main/storage/loop-store.ts';
import { OmegaError } from '#shared/error.ts';
import type { CycleInput, CycleTrigger, LoopCycle, LoopType } from '#shared/loops.ts';
import {
  isLoopEnabled,
  type LoopsSettings,
  loopPeriodMs,
} from '#shared/settings/loops-settings.ts';
import type { Connection, Loop } from './loop.ts';
import { nextDueMs } from './next-due.ts';
import { runCycle } from './run-cycle.ts';

/** Cycles of its own that a loop sees. */
const seenHistory = 50;
/** How soon a loop that waits for users' work asks again, in ms. */
const yieldMs = 5_000;
/** Longest that a timer waits at once: a machine that slept is noticed within it. */
const longestWaitMs = 60_000;

/** What the engine stands on. */
export type LoopEngineOptions = {
  readonly loops: readonly Loop[];
  readonly connections: readonly Connection[];
  readonly store: LoopStore;
  readonly settings: Live<LoopsSettings>;
  readonly clock: Clock;
  /** Why a loop is not to begin by itself now: users' work goes on, the machine is weak. Null otherwise. */
  readonly holdsBack: (loop: LoopType) => string | null;
  /** Told of each cycle that ended. */
  readonly onEnd: (cycle: LoopCycle) => void;
};

/**
 * Runs the loops: each by its period, on demand, and where another hands something over. A loop never
 * runs twice at a time, on this data folder; its cycles are kept however they end.
 */
export class LoopEngine implements AsyncResource {
  readonly #options: LoopEngineOptions;
  readonly #loops: ReadonlyMap<LoopType, Loop>;
  readonly #running = new Map<LoopType, Promise<LoopCycle>>();
  /** Work that goes on beyond its cycle's end: until it ends its loop has no other. */
  readonly #left = new Set<LoopType>();
  readonly #timers = new Map<LoopType, NodeJS.Timeout>();
  readonly #stop = new AbortController();
  readonly #unlisten: () => void;
  readonly #since: number;

  constructor(options: LoopEngineOptions) {
    this.#options = options;
    this.#loops = new Map(options.loops.map((loop) => [loop.type, loop]));
    this.#since = options.clock.now();
    options.store.sweep();
    this.#unlisten = options.settings.listen(() => this.#armAll());
    this.#armAll();
  }

  /**
   * Runs a cycle now, enabled or not. Fails with `INVALID_INPUT` for a loop that there is none of, and
   * with `REFUSED` while it runs already. A cycle that fails is returned as such.
   */
  async cycle(type: LoopType, input: CycleInput, signal: AbortSignal): Promise<LoopCycle> {
    return this.#run(type, input, { trigger: 'demand', cause: null }, signal);
  }

  /** Cancels what runs, and waits for it. */
  async dispose(): Promise<void> {
    this.#unlisten();
    this.#stop.abort();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    await Promise.allSettled(this.#running.values());
  }

  async #run(
    type: LoopType,
    input: CycleInput,
    by: { readonly trigger: CycleTrigger; readonly cause: string | null },
    signal: AbortSignal,
  ): Promise<LoopCycle> {
    const { store, settings, clock } = this.#options;
    const loop = this.#loops.get(type);
    if (!loop) throw new OmegaError('INVALID_INPUT', `There is no ${type} loop here.`);
    if (this.#running.has(type) || this.#left.has(type) || store.isRunning(type)) {
      const message = `The ${type} loop is in the middle of a cycle; wait for its end.`;
      throw new OmegaError('REFUSED', message, { retryable: true });
    }
    const begun: LoopCycle = {
      ...{ id: clock.id(), loop: type, ...by, state: 'running', startedAt: clock.now(), input },
      ...{ durationMs: null, output: null, error: null },
    };
    const history = store.latest(type, seenHistory);
    store.save(begun);
    const { deadlineSecs, keepCycles } = settings.current;
    const limits = {
      deadlineMs: deadlineSecs * 1_000,
      signal: AbortSignal.any([signal, this.#stop.signal]),
      onLeft: (work: Promise<unknown>): void => {
        this.#left.add(type);
        const over = (): void => void this.#left.delete(type);
        work.then(over, over);
      },
    };
    const work = runCycle(loop, begun, history, limits).then((ended) => {
      store.save(ended);
      store.prune(type, keepCycles);
      return ended;
    });
    this.#running.set(type, work);
    try {
      const ended = await work;
      this.#options.onEnd(ended);
      return ended;
    } finally {
      this.#running.delete(type);
      this.#arm(type);
      void work.then(
        (ended) => this.#handOver(ended),
        () => undefined,
      );
    }
  }

  /** Gives what a cycle came to to the loops that it concerns. */
  async #handOver(cycle: LoopCycle): Promise<void> {
    const { connections, store, settings } = this.#options;
    for (const { from, to, how, input } of connections) {
      if (from !== cycle.loop || this.#stop.signal.aborted) continue;
      const given = input(cycle, store.latest(from, seenHistory));
      if (given === null || !isLoopEnabled(settings.current, to)) continue;
      const by = { trigger: how, cause: cycle.id };
      // One that runs already reads the history that this cycle is part of.
      await this.#run(to, given, by, this.#stop.signal).catch(() => undefined);
    }
  }

  #armAll(): void {
    for (const type of this.#loops.keys()) this.#arm(type);
  }

  #arm(type: LoopType, atLeastMs = 0): void {
    clearTimeout(this.#timers.get(type));
    this.#timers.delete(type);
    const { settings, store, clock } = this.#options;
    const periodMs = loopPeriodMs(settings.current, type);
    const isOff = periodMs === null || !isLoopEnabled(settings.current, type);
    if (isOff || this.#stop.signal.aborted) return;
    const last = store.latest(type, 1)[0]?.startedAt ?? null;
    const due = nextDueMs({ now: clock.now(), last, periodMs, since: this.#since });
    const wait = Math.max(atLeastMs, due);
    const timer = setTimeout(() => this.#due(type, wait), Math.min(wait, longestWaitMs));
    timer.unref();
    this.#timers.set(type, timer);
  }

  #due(type: LoopType, waited: number): void {
    if (waited > longestWaitMs) {
      this.#arm(type);
      return;
    }
    if (this.#options.holdsBack(type) !== null) {
      this.#arm(type, yieldMs);
      return;
    }
    const by = { trigger: 'period', cause: null } as const;
    const empty = { data: {}, context: '', objectives: [] };
    this.#run(type, empty, by, this.#stop.signal).catch(() => this.#arm(type, yieldMs));
  }
}
