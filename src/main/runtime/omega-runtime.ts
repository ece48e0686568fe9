import type { Acceleration } from '#main/acceleration/acceleration.ts';
import { type Clock, systemClock } from '#main/core/clock.ts';
import { DegradationBoard } from '#main/core/degradation/degradation-board.ts';
import type { AsyncResource } from '#main/core/disposable.ts';
import type { EventBus } from '#main/core/events/event-bus.ts';
import { HealthMonitor } from '#main/core/health/health-monitor.ts';
import { Lifecycle } from '#main/core/lifecycle/lifecycle.ts';
import { livePart } from '#main/core/live.ts';
import type { Metrics } from '#main/core/metrics/metrics.ts';
import type { OperationRecorder } from '#main/core/metrics/operation-recorder.ts';
import { runtimeMetrics } from '#main/core/metrics/runtime-metrics.ts';
import type { Storage } from '#main/storage/storage.ts';
import type { Config } from '#shared/config.ts';
import type { RuntimeEvent } from '#shared/events.ts';
import type { RuntimeHealth, RuntimeState, StopReport } from '#shared/runtime.ts';
import { Calls } from './calls.ts';
import { consequences } from './consequences.ts';
import { guardPolicies } from './guard-policies.ts';
import { ownBus, ownRecorder } from './own-observers.ts';
import { composeParts, type Parts } from './parts/compose-parts.ts';
import { ResourceWatch } from './resource-watch.ts';
import type { RuntimeOptions } from './runtime-options.ts';

/**
 * Composes the parts of the app that hold state: starts them in the order of their needs, tries
 * them, degrades where one fails, and stops them in reverse. May be started again after a stop.
 */
export class OmegaRuntime implements AsyncResource {
  /** The guarded way to what runs; `OmegaApi` has the calls. */
  readonly calls: Calls;
  /** What the runtime does without at present. */
  readonly board: DegradationBoard;
  readonly parts: Parts;
  /** What happens, to listen to and to read again. */
  readonly bus: EventBus;
  /** What was counted of each call. */
  readonly operations: OperationRecorder;
  readonly #emit: (event: RuntimeEvent) => void;
  readonly #clock: Clock;
  readonly #lifecycle: Lifecycle;
  readonly #monitor: HealthMonitor;
  readonly #resources: ResourceWatch;
  #startedAt: number | null = null;
  #starting: Promise<void> | null = null;
  #stopping: Promise<StopReport> | null = null;
  #suspected = false;
  /** The figures that were told last, as text. */
  #told = '';

  /** Nothing is opened before {@link start}. */
  constructor(options: RuntimeOptions) {
    const { dataFolder, config } = options;
    this.#clock = options.clock ?? systemClock;
    this.bus = options.bus ?? ownBus(this.#clock);
    this.operations = options.operations ?? ownRecorder();
    this.#emit = (event) => this.bus.emit(event);
    this.board = this.#openBoard();
    const record = (name: string, ms: number, failed: boolean): void =>
      this.operations.record(name, ms, failed);
    this.parts = composeParts(options, this.#clock, this.board, this.#emit, record);
    this.calls = new Calls({
      needs: this.parts.all.map(({ name }) => name),
      policies: guardPolicies(config),
      board: this.board,
      state: () => this.state,
      record,
      failed: (error) => this.parts.storage.failed(error),
      emit: this.#emit,
    });
    const subsystems = [...this.parts.all, this.calls];
    this.#lifecycle = new Lifecycle(subsystems, {
      times: livePart(config, timesOf),
      onState: (state, previous) => this.#emit({ type: 'runtime.state', state, previous }),
    });
    this.#resources = new ResourceWatch({
      dataFolder,
      settings: livePart(config, (all) => all.resources),
      board: this.board,
      waitingCalls: () => this.calls.waiting,
      shrink: () => this.parts.agentdb.shrink(),
    });
    this.#monitor = new HealthMonitor(subsystems, {
      settings: livePart(config, (all) => all.healthMonitor),
      onChange: ({ name, status, reason }, previous) =>
        this.#emit({ type: 'health.changed', subsystem: name, status, previous, reason }),
      onFailure: (subsystem, error) =>
        this.#emit({ type: 'health.check.failed', subsystem, error }),
      onRound: () => this.#resources.look().then(() => this.#roundOver()),
      recover: (name) => this.recover(name),
      clock: this.#clock,
    });
  }

  /** The state now. */
  get state(): RuntimeState {
    return this.#lifecycle.state;
  }

  /** The store; throws `NOT_RUNNING` where the runtime is not up. */
  get storage(): Storage {
    return this.parts.storage.running.current;
  }

  /** Embeddings and search by vector; null without them. Throws as {@link storage} does. */
  get acceleration(): Acceleration | null {
    return this.parts.embeddings?.running.current ?? null;
  }

  /** Counters of what runs now, beside those that the runtime was given. */
  get registries(): readonly Metrics[] {
    const { embeddings, agentdb, loops } = this.parts;
    return [...(embeddings ? [embeddings.metrics] : []), agentdb.metrics, loops.metrics];
  }

  /** Starts all parts. Throws what the first one failed with, after the others were stopped again. */
  start(): Promise<void> {
    this.#starting ??= this.#startAll().finally(() => {
      this.#starting = null;
    });
    return this.#starting;
  }

  /** Lets calls end, flushes and closes all parts; what each of them came to. */
  stop(): Promise<StopReport> {
    this.#stopping ??= this.#stopAll().finally(() => {
      this.#stopping = null;
    });
    return this.#stopping;
  }

  /** What is known of every part, of the machine, and of what the runtime does without. */
  health(): RuntimeHealth {
    const since = this.#startedAt ?? this.#clock.now();
    return {
      state: this.state,
      uptimeSeconds: Math.max(0, Math.round((this.#clock.now() - since) / 1000)),
      subsystems: this.#monitor.view(),
      degradations: this.board.list(),
      resources: this.#resources.use,
    };
  }

  /** Tries every part now; `wake` opens those that nothing needed yet. Nothing to try while it is not up. */
  async check(options?: { readonly wake: boolean }): Promise<void> {
    if (this.isUp) await this.#monitor.checkNow(options);
  }

  /** Starts a part again, and those that need it; the others go on. Throws what it failed with. */
  recover(name: string): Promise<void> {
    return this.#lifecycle.restart(name);
  }

  /** A call was answered with less than there should be: tries every part soon, once a second at most. */
  suspect(): void {
    if (this.#suspected || !this.isUp) return;
    this.#suspected = true;
    const settle = () => setTimeout(() => (this.#suspected = false), 1000).unref();
    this.#monitor.checkNow().then(settle, settle);
  }

  /** Whether calls may be made. */
  get isUp(): boolean {
    return this.#lifecycle.isUp;
  }

  async dispose(): Promise<void> {
    await this.#monitor.dispose();
    await this.stop();
    this.calls.dispose();
  }

  async #startAll(): Promise<void> {
    await this.#lifecycle.start();
    this.#startedAt = this.#clock.now();
    this.#monitor.start();
    this.#emit({ type: 'system.started' });
  }

  async #stopAll(): Promise<StopReport> {
    // Its monitor would go on for ever, over parts that are stopped.
    await this.#starting?.catch(() => undefined);
    await this.#monitor.stop();
    const report = await this.#lifecycle.stop();
    this.#startedAt = null;
    if (report.length > 0) this.#emit({ type: 'system.shutdown', report });
    return report;
  }

  #openBoard(): DegradationBoard {
    return new DegradationBoard({
      consequences,
      onEnter: ({ since: _, ...what }) => {
        this.#emit({ type: 'degradation.entered', ...what });
        this.#judge();
      },
      onLeave: ({ since: _, ...what }) => {
        this.#emit({ type: 'degradation.left', ...what });
        this.#judge();
        if (what.subsystem === 'memory' && what.level === 'text-only') this.parts.memory.catchUp();
      },
      clock: this.#clock,
    });
  }

  #roundOver(): void {
    this.#judge();
    const metrics = runtimeMetrics(this.operations);
    const text = JSON.stringify(metrics);
    // An app that nobody calls would fill the journal with the same figures.
    if (text === this.#told || Object.keys(metrics.operations).length === 0) return;
    this.#told = text;
    this.#emit({ type: 'metrics.collected', metrics });
  }

  #judge(): void {
    const ill = this.#monitor
      .view()
      .some(({ status }) => status === 'degraded' || status === 'unhealthy');
    this.#lifecycle.degraded(ill || !this.board.isWhole);
  }
}

function timesOf({ runtime }: Config) {
  return { startMs: runtime.startTimeoutSecs * 1000, stopMs: runtime.stopTimeoutSecs * 1000 };
}
