import type { Live } from '#main/core/live.ts';
import { OmegaError } from '#shared/error.ts';
import type { RuntimeState, StopReport } from '#shared/runtime.ts';
import { startOrder } from './start-order.ts';
import type { Subsystem } from './subsystem.ts';
import { withinTime } from './within-time.ts';

/** How long each subsystem has, in ms. */
export type LifecycleTimes = { readonly startMs: number; readonly stopMs: number };

/** The times that subsystems have, and who is told of a new state. */
export type LifecycleOptions = {
  readonly times: Live<LifecycleTimes>;
  readonly onState?: (state: RuntimeState, previous: RuntimeState) => void;
};

const startable: ReadonlySet<RuntimeState> = new Set(['created', 'stopped', 'error']);
const up: ReadonlySet<RuntimeState> = new Set(['running', 'degraded']);

/**
 * Starts subsystems in the order of their needs and stops them in reverse. A start that fails is
 * rolled back; a stop that fails or takes too long keeps none of the others. May be started again.
 */
export class Lifecycle {
  readonly #order: readonly Subsystem[];
  readonly #options: LifecycleOptions;
  #state: RuntimeState = 'created';
  #started: Subsystem[] = [];
  #starting: Promise<void> | null = null;
  #stopping: Promise<StopReport> | null = null;

  constructor(subsystems: readonly Subsystem[], options: LifecycleOptions) {
    this.#order = startOrder(subsystems);
    this.#options = options;
  }

  get state(): RuntimeState {
    return this.#state;
  }

  /** Whether calls may be made: it runs, degraded or not. */
  get isUp(): boolean {
    return up.has(this.#state);
  }

  /** Throws what the first subsystem failed with, after those before it were stopped again. */
  start(): Promise<void> {
    if (this.#starting) return this.#starting;
    if (!startable.has(this.#state)) {
      const message = `The runtime is ${this.#state}; stop it before it is started again.`;
      return Promise.reject(new OmegaError('CONFLICT', message));
    }
    this.#become('starting');
    this.#starting = this.#startAll().finally(() => {
      this.#starting = null;
    });
    return this.#starting;
  }

  /** Stops what runs; asked again meanwhile it answers the same, and with nothing to stop, nothing. */
  stop(): Promise<StopReport> {
    if (this.#stopping) return this.#stopping;
    this.#stopping = this.#stopAfterStart().finally(() => {
      this.#stopping = null;
    });
    return this.#stopping;
  }

  /**
   * Stops a subsystem and those that need it, and starts them again; others go on. Without effect on
   * one that is not restartable. Throws what the first one failed with; the rest is tried all the same.
   */
  async restart(name: string): Promise<void> {
    const fallen = new Set([name]);
    for (const { name: one, needs } of this.#order) {
      if (needs.some((needed) => fallen.has(needed))) fallen.add(one);
    }
    const again = this.#started.filter((one) => fallen.has(one.name) && one.restartable);
    if (!this.isUp || !again.some((one) => one.name === name)) return;
    for (const subsystem of again.toReversed()) await this.#stopOne(subsystem);
    const errors: unknown[] = [];
    for (const subsystem of again) {
      await this.#startOne(subsystem).catch((error: unknown) => errors.push(error));
    }
    if (errors.length > 0) throw errors[0];
  }

  /** Says whether what runs is whole. Without effect on a runtime that is not up. */
  degraded(is: boolean): void {
    if (this.isUp) this.#become(is ? 'degraded' : 'running');
  }

  async #startAll(): Promise<void> {
    for (const subsystem of this.#order) {
      try {
        await this.#startOne(subsystem);
        this.#started.push(subsystem);
      } catch (error) {
        // It may hold half of what it wanted to open.
        this.#started.push(subsystem);
        await this.#stopAll();
        this.#become('error');
        throw error;
      }
    }
    this.#become('running');
  }

  #startOne(subsystem: Subsystem): Promise<void> {
    const { startMs } = this.#options.times.current;
    return withinTime(`Starting ${subsystem.name}`, startMs, (signal) => subsystem.start(signal));
  }

  async #stopAfterStart(): Promise<StopReport> {
    await this.#starting?.catch(() => undefined);
    if (!this.isUp) return [];
    this.#become('stopping');
    const report = await this.#stopAll();
    this.#become('stopped');
    return report;
  }

  async #stopAll(): Promise<StopReport> {
    const report: StopReport[number][] = [];
    for (let next = this.#started.pop(); next; next = this.#started.pop()) {
      report.push(await this.#stopOne(next));
    }
    return report;
  }

  async #stopOne(subsystem: Subsystem): Promise<StopReport[number]> {
    const { name } = subsystem;
    const began = performance.now();
    const ended = (outcome: StopReport[number]['outcome'], error: string | null) => ({
      name,
      outcome,
      error,
      ms: Math.round(performance.now() - began),
    });
    try {
      await withinTime(`Stopping ${name}`, this.#options.times.current.stopMs, (signal) =>
        subsystem.stop(signal),
      );
      return ended('stopped', null);
    } catch (error) {
      const timedOut = error instanceof OmegaError && error.code === 'TIMEOUT';
      const message = error instanceof Error ? error.message : String(error);
      return ended(timedOut ? 'timed-out' : 'failed', message);
    }
  }

  #become(state: RuntimeState): void {
    const previous = this.#state;
    if (state === previous) return;
    this.#state = state;
    this.#options.onState?.(state, previous);
  }
}
