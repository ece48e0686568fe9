import type { Clock } from '#main/core/clock.ts';
import { type CheckResult, healthy, type Subsystem } from '#main/core/lifecycle/subsystem.ts';
import { type Live, livePart } from '#main/core/live.ts';
import { LiveValue } from '#main/core/live-value.ts';
import { Machine, weaknessOf } from '#main/core/machine/machine.ts';
import { createMetrics, type Metrics } from '#main/core/metrics/metrics.ts';
import { connections } from '#main/loops/connections.ts';
import { type HoldBackOptions, holdsBack } from '#main/loops/engine/hold-back.ts';
import { LoopEngine } from '#main/loops/engine/loop-engine.ts';
import { countCycles } from '#main/loops/engine/loop-metrics.ts';
import { type LoopWork, noWork } from '#main/loops/loop-work.ts';
import { rememberInsights } from '#main/loops/remember-insights.ts';
import { revertAction } from '#main/loops/revert-action.ts';
import { viewLoops } from '#main/loops/view-loops.ts';
import type { LoopStore } from '#main/storage/loop-store.ts';
import type { Config } from '#shared/config.ts';
import { OmegaError } from '#shared/error.ts';
import type { RuntimeEvent } from '#shared/events.ts';
import type { CycleInput, LoopCycle, LoopType, LoopView } from '#shared/loops.ts';
import type { MemoryPart } from './memory-part.ts';
import { Running } from './running.ts';
import type { StoragePart } from './storage-part.ts';

/** How long beyond its deadline a cycle may take to be ended and kept, in ms. */
const graceMs = 5_000;

/** What the loops stand on as a part of the runtime. */
export type LoopsPartOptions = {
  readonly storage: StoragePart;
  readonly memory: MemoryPart;
  readonly config: Live<Config>;
  readonly clock: Clock;
  /** Whether they begin by themselves; a command's run on demand alone. */
  readonly byThemselves: boolean;
  readonly emit: (event: RuntimeEvent) => void;
  /** Told of every cycle that ended: its time in ms, and whether it failed. */
  readonly record: (ms: number, failed: boolean) => void;
};

/** The seven loops as a part of the runtime; {@link give} brings them what they work on. */
export class LoopsPart implements Subsystem {
  readonly name = 'loops';
  readonly needs = ['storage', 'memory', 'agentdb'];
  readonly restartable = true;
  readonly running = new Running<LoopEngine>('loops');
  readonly #options: LoopsPartOptions;
  readonly #work = new LiveValue<LoopWork>(noWork);
  readonly #stuck = new Set<LoopType>();
  readonly #holdBack: HoldBackOptions;
  #metrics: Metrics = createMetrics();
  /** Insights on their way into memory, and what ends that. */
  #remembering: Promise<unknown> = Promise.resolve();
  #closing = new AbortController();

  constructor(options: LoopsPartOptions) {
    this.#options = options;
    const machine = new Machine();
    const settings = livePart(options.config, (all) => all.loops);
    this.#holdBack = {
      settings,
      usersWork: () => this.#work.current.usersWork(),
      weakness: async () => weaknessOf(await machine.power(), settings.current.littleMemoryMb),
    };
  }

  /** The counters of what runs now. */
  get metrics(): Metrics {
    return this.#metrics;
  }

  /** Gives the loops what they work on, in the place of what was given before; taken up at once. */
  give(work: LoopWork): void {
    this.#work.set(work);
  }

  /** See {@link LoopEngine.cycle}. */
  cycle(type: LoopType, input: CycleInput, signal: AbortSignal): Promise<LoopCycle> {
    return this.running.current.cycle(type, input, signal);
  }

  /** Tells a loop of what happened; see {@link LoopEngine.tell}. Null where the loops are not running. */
  tell(type: LoopType, input: CycleInput): Promise<LoopCycle | null> {
    return this.running.held?.tell(type, input) ?? Promise.resolve(null);
  }

  /** Cancels the cycle of a loop; null where there is none. Throws `REFUSED` for one of another process. */
  async cancel(type: LoopType): Promise<LoopCycle | null> {
    const cancelled = await this.running.current.cancel(type);
    if (cancelled || !this.#store.runningElsewhere().has(type)) return cancelled;
    const message = `The ${type} cycle runs in another Omega on this data folder; cancel it there.`;
    throw new OmegaError('REFUSED', message);
  }

  /** Takes back what a cycle did; see `revertAction`. */
  revert(cycleId: string, actionId: string, signal: AbortSignal): Promise<LoopCycle> {
    const { loops } = this.#work.current;
    const loopOf = (type: LoopType) => loops.find((loop) => loop.type === type) ?? null;
    return revertAction(cycleId, actionId, { store: this.#store, loopOf, signal });
  }

  /** The latest cycles of a loop, or of all (null), the newest first. */
  history(type: LoopType | null, limit: number): readonly LoopCycle[] {
    return this.#store.latest(type, limit);
  }

  /** How each loop is. */
  view(): Promise<readonly LoopView[]> {
    const { clock } = this.#options;
    const seen = {
      engine: this.running.current,
      work: this.#work.current,
      store: this.#store,
      clock,
    };
    return viewLoops({ ...this.#holdBack, ...seen });
  }

  start(): void {
    const { clock, byThemselves, emit } = this.#options;
    this.#metrics = createMetrics();
    this.#closing = new AbortController();
    const count = countCycles(this.#metrics);
    const made = new LoopEngine({
      ...{ clock, byThemselves, connections },
      store: this.#store,
      stuck: this.#stuck,
      settings: this.#holdBack.settings,
      loops: livePart(this.#work, ({ loops }) => loops),
      holdsBack: (loop, heldForMs) => holdsBack(loop, heldForMs, this.#holdBack),
      onBegin: ({ loop, id: cycleId, trigger }) =>
        emit({ type: 'loop.cycle.started', loop, cycleId, trigger }),
      onEnd: (cycle) => {
        count(cycle);
        this.#ended(cycle);
      },
      onFault: (loop, error) => this.#tell(loop, null, error),
    });
    this.running.set(made);
  }

  async stop(signal: AbortSignal): Promise<void> {
    await this.running.take()?.dispose();
    const closing = this.#closing;
    signal.addEventListener('abort', () => closing.abort(signal.reason), { once: true });
    await this.#remembering;
  }

  /** Reads the history, and sees that what is due will begin and what runs will end. */
  check(): CheckResult {
    const { config } = this.#options;
    const engine = this.running.current;
    this.#store.latest(null, 1);
    const [asleep] = engine.asleep();
    if (asleep) throw new OmegaError('INTERNAL', `The ${asleep} loop is due and does not begin.`);
    const deadlineMs = config.current.loops.deadlineSecs * 1_000;
    const late = [...engine.ages()].find(([, ms]) => ms > deadlineMs + graceMs);
    if (late) throw new OmegaError('INTERNAL', `The ${late[0]} cycle goes on past its deadline.`);
    if (this.#stuck.size === 0) return healthy;
    const names = [...this.#stuck].join(' and ');
    const reason = `Work of the ${names} loop goes on though its cycle was ended; it has no other until then.`;
    return { status: 'degraded', reason };
  }

  get #store(): LoopStore {
    return this.#options.storage.running.current.loops;
  }

  #ended(cycle: LoopCycle): void {
    const { emit, record } = this.#options;
    const { id: cycleId, loop, error } = cycle;
    const durationMs = cycle.durationMs ?? 0;
    const success = cycle.state === 'succeeded';
    record(durationMs, !success);
    emit({ type: 'loop.cycle.completed', loop, cycleId, durationMs, success });
    if (cycle.state === 'failed' && error) {
      emit({ type: 'loop.error', loop, cycleId, code: error.code, message: error.message });
    }
    if (!cycle.output?.insights.length) return;
    const { signal } = this.#closing;
    const remember = async (): Promise<void> => {
      const memory = this.#options.memory.running.current;
      await rememberInsights(memory, cycle, signal);
    };
    this.#remembering = this.#remembering
      .then(remember)
      .catch((fault) => this.#tell(loop, cycleId, fault));
  }

  #tell(loop: LoopType, cycleId: string | null, error: unknown): void {
    const code = error instanceof OmegaError ? error.code : 'INTERNAL';
    const message = error instanceof Error ? error.message : String(error);
    this.#options.emit({ type: 'loop.error', loop, cycleId, code, message });
  }
}
