import { cancelled } from '#main/core/abort.ts';
import { type Clock, steadyNow, systemClock } from '#main/core/clock.ts';
import type { AsyncResource } from '#main/core/disposable.ts';
import type { Subsystem } from '#main/core/lifecycle/subsystem.ts';
import { withinTime } from '#main/core/lifecycle/within-time.ts';
import type { Live } from '#main/core/live.ts';
import { untilAborted } from '#main/core/until-aborted.ts';
import type { SubsystemHealth } from '#shared/runtime.ts';
import { HealthRecord } from './health-record.ts';

/** How often subsystems are tried and what follows; all of it may change while it runs. */
export type HealthSettings = {
  /** Whether it tries them by itself. */
  readonly enabled: boolean;
  readonly checkIntervalSecs: number;
  /** Time of one trial. */
  readonly checkTimeoutSecs: number;
  /** Failures in a row that make a subsystem unhealthy. */
  readonly failureThreshold: number;
  /** After how long an unhealthy one is started again. */
  readonly recoveryTimeoutSecs: number;
};

/** What a monitor stands on, and whom it tells. */
export type HealthMonitorOptions = {
  readonly settings: Live<HealthSettings>;
  readonly onChange: (health: SubsystemHealth, previous: SubsystemHealth['status']) => void;
  readonly onFailure?: (name: string, error: string) => void;
  /** After every subsystem was tried. */
  readonly onRound?: () => Promise<void> | void;
  /** Starts an unhealthy subsystem again; its failure is the next trial's to tell. */
  readonly recover: (name: string) => Promise<void>;
  readonly clock?: Pick<Clock, 'now'>;
};

/** Tries every subsystem's real work, one after the other, again and again. */
export class HealthMonitor implements AsyncResource {
  readonly #subsystems: readonly Subsystem[];
  readonly #options: HealthMonitorOptions;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #records: ReadonlyMap<string, HealthRecord>;
  readonly #recovering = new Map<string, number>();
  readonly #stopListening: () => void;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | null = null;
  #running = false;
  #closing = new AbortController();

  constructor(subsystems: readonly Subsystem[], options: HealthMonitorOptions) {
    this.#subsystems = subsystems;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    const threshold = () => options.settings.current.failureThreshold;
    const now = this.#clock.now();
    this.#records = new Map(
      subsystems.map(({ name }) => [name, new HealthRecord(name, threshold, now)]),
    );
    this.#stopListening = options.settings.listen(() => {
      if (this.#running) this.#schedule();
    });
  }

  /** Begins; the first trials come at once. */
  start(): void {
    this.#running = true;
    for (const record of this.#records.values()) record.started(this.#clock.now());
    this.#schedule(0);
  }

  /** Ends; a round that is under way goes no further, and its trial is not waited for. */
  async stop(): Promise<void> {
    this.#running = false;
    clearTimeout(this.#timer);
    this.#closing.abort(cancelled());
    await this.#round;
    this.#closing = new AbortController();
    for (const record of this.#records.values()) record.stopped();
  }

  /**
   * Tries all now, or joins the round that is under way. `wake` opens what nothing needed yet, in
   * a round of its own.
   */
  async checkNow({ wake }: { readonly wake: boolean } = { wake: false }): Promise<void> {
    if (wake) await this.#round;
    this.#round ??= this.#checkAll(wake).finally(() => {
      this.#round = null;
    });
    return this.#round;
  }

  /** What is known of every subsystem. */
  view(): readonly SubsystemHealth[] {
    return [...this.#records.values()].map((record) => record.view(this.#clock.now()));
  }

  async dispose(): Promise<void> {
    this.#stopListening();
    await this.stop();
  }

  #schedule(ms = this.#options.settings.current.checkIntervalSecs * 1000): void {
    clearTimeout(this.#timer);
    if (!this.#options.settings.current.enabled) return;
    this.#timer = setTimeout(async () => {
      await this.checkNow();
      if (this.#running) this.#schedule();
    }, ms);
    this.#timer.unref();
  }

  async #checkAll(wake: boolean): Promise<void> {
    const closing = this.#closing.signal;
    for (const subsystem of this.#subsystems) {
      const record = this.#records.get(subsystem.name);
      if (!record) continue;
      const before = record.status;
      await this.#check(subsystem, record, wake, closing);
      if (closing.aborted) return;
      const health = record.view(this.#clock.now());
      if (health.status !== before) this.#options.onChange(health, before);
      if (health.status === 'unhealthy' && subsystem.restartable) {
        await this.#recover(subsystem.name, record);
      } else this.#recovering.delete(subsystem.name);
    }
    await this.#options.onRound?.();
  }

  async #check(
    subsystem: Subsystem,
    record: HealthRecord,
    wake: boolean,
    closing: AbortSignal,
  ): Promise<void> {
    const { name } = subsystem;
    const at = this.#clock.now();
    const began = performance.now();
    const ms = () => Math.round((performance.now() - began) * 10) / 10;
    const limit = this.#options.settings.current.checkTimeoutSecs * 1000;
    try {
      const result = await withinTime(`Trying ${name}`, limit, async (own) => {
        const either = AbortSignal.any([own, closing]);
        return untilAborted(Promise.resolve(subsystem.check(either, wake)), closing);
      });
      if (result.status === 'idle') record.asleep(result.reason);
      else {
        const lacking = result.status === 'degraded' ? result.reason : null;
        record.note({ at, ms: ms(), error: null, lacking });
      }
    } catch (thrown) {
      // That it was stopped says nothing about it.
      if (closing.aborted) return;
      const error = thrown instanceof Error ? thrown.message : String(thrown);
      record.note({ at, ms: ms(), error, lacking: null });
      this.#options.onFailure?.(name, error);
    }
  }

  async #recover(name: string, record: HealthRecord): Promise<void> {
    // Not the clock: one that jumps back would keep it from being started again for as long.
    const now = steadyNow();
    const since = this.#recovering.get(name);
    if (since === undefined) {
      this.#recovering.set(name, now);
      return;
    }
    if (now - since < this.#options.settings.current.recoveryTimeoutSecs * 1000) return;
    this.#recovering.set(name, now);
    await this.#options.recover(name).then(
      () => record.restarted(this.#clock.now()),
      // It is down now and serves nobody: nothing is lost by trying again in the next round.
      () => this.#recovering.set(name, Number.NEGATIVE_INFINITY),
    );
  }
}
