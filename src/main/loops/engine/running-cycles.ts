import { type Clock, steadyNow } from '#main/core/clock.ts';
import type { Live } from '#main/core/live.ts';
import type { LoopStore } from '#main/storage/loop-store.ts';
import { OmegaError } from '#shared/error.ts';
import type { CycleInput, CycleTrigger, LoopCycle, LoopType } from '#shared/loops.ts';
import type { LoopsSettings } from '#shared/settings/loops-settings.ts';
import type { Loop } from './loop.ts';
import { runCycle } from './run-cycle.ts';

/** Cycles of its own that a loop sees. */
const seenHistory = 50;

/** What set a cycle going, and the cycle that did, if one did. */
export type CycleCause = { readonly trigger: CycleTrigger; readonly cause: string | null };

/** What cycles stand on, and who is told of them. */
export type RunningCyclesOptions = {
  readonly store: LoopStore;
  readonly settings: Live<LoopsSettings>;
  readonly clock: Clock;
  /**
   * Loops whose work goes on beyond its cycle's end: until it ends they have no other. Outlives an
   * engine that is opened again.
   */
  readonly stuck: Set<LoopType>;
  readonly onBegin: (cycle: LoopCycle) => void;
  readonly onEnd: (cycle: LoopCycle) => void;
};

type Running = {
  readonly cycle: LoopCycle;
  readonly since: number;
  readonly controller: AbortController;
  readonly end: Promise<LoopCycle>;
};

/** The cycles under way in this process, at most one of each loop on this data folder. */
export class RunningCycles {
  readonly #options: RunningCyclesOptions;
  readonly #running = new Map<LoopType, Running>();

  constructor(options: RunningCyclesOptions) {
    this.#options = options;
    options.store.sweep();
  }

  /** Whether a cycle of this loop is under way here. */
  has(type: LoopType): boolean {
    return this.#running.has(type);
  }

  /** For how long the cycle of each loop has been under way here, in ms. */
  ages(): ReadonlyMap<LoopType, number> {
    const now = steadyNow();
    return new Map([...this.#running].map(([type, { since }]) => [type, now - since]));
  }

  /**
   * Runs a cycle and keeps it; it resolves with one that failed, too. Throws a retryable `REFUSED`
   * where the loop is in the middle of one, and what the store throws.
   */
  async run(
    loop: Loop,
    input: CycleInput,
    by: CycleCause,
    signal: AbortSignal,
  ): Promise<LoopCycle> {
    const { type } = loop;
    const { store, clock, settings, stuck, onBegin, onEnd } = this.#options;
    const begun: LoopCycle = {
      ...{ id: clock.id(), loop: type, ...by, state: 'running', startedAt: clock.now(), input },
      ...{ durationMs: null, output: null, error: null },
    };
    const history = store.latest(type, seenHistory).filter(({ state }) => state !== 'running');
    if (this.#running.has(type) || stuck.has(type) || !store.begin(begun)) throw busy(type);
    const { deadlineSecs, keepCycles } = settings.current;
    const controller = new AbortController();
    const limits = {
      deadlineMs: deadlineSecs * 1_000,
      signal: AbortSignal.any([signal, controller.signal]),
      onLeft: (work: Promise<unknown>): void => {
        stuck.add(type);
        const over = (): void => void stuck.delete(type);
        work.then(over, over);
      },
    };
    onBegin(begun);
    const end = runCycle(loop, begun, history, limits).then((ended) => {
      store.save(ended);
      store.prune(type, keepCycles);
      return ended;
    });
    this.#running.set(type, { cycle: begun, since: steadyNow(), controller, end });
    try {
      const ended = await end;
      onEnd(ended);
      return ended;
    } finally {
      this.#running.delete(type);
    }
  }

  /** Cancels the cycle of a loop and waits for its end; null where none is under way here. */
  async cancel(type: LoopType): Promise<LoopCycle | null> {
    const running = this.#running.get(type);
    running?.controller.abort();
    return running ? running.end : null;
  }

  /** Cancels all cycles and waits for their ends. */
  async stop(): Promise<void> {
    await Promise.allSettled([...this.#running.keys()].map((type) => this.cancel(type)));
  }
}

function busy(type: LoopType): OmegaError {
  const message = `The ${type} loop is in the middle of a cycle; wait for its end, or cancel it.`;
  return new OmegaError('REFUSED', message, { retryable: true });
}
