import { AgentDb } from '#main/agentdb/agent-db.ts';
import type { Clock } from '#main/core/clock.ts';
import type { DegradationBoard } from '#main/core/degradation/degradation-board.ts';
import { type CheckResult, healthy, type Subsystem } from '#main/core/lifecycle/subsystem.ts';
import { type Live, livePart } from '#main/core/live.ts';
import { createMetrics, type Metrics } from '#main/core/metrics/metrics.ts';
import type { Config } from '#shared/config.ts';
import type { RuntimeEvent } from '#shared/events.ts';
import type { Meaning } from './meaning.ts';
import { Running } from './running.ts';
import type { StoragePart } from './storage-part.ts';

/** What the part stands on. */
export type AgentDbPartOptions = {
  readonly storage: StoragePart;
  readonly meaning: Meaning;
  readonly needs: readonly string[];
  readonly config: Live<Config>;
  readonly clock: Clock;
  readonly board: DegradationBoard;
  readonly emit: (event: RuntimeEvent) => void;
};

/** Vectors, episodes, skills and causes as a part of the runtime. */
export class AgentDbPart implements Subsystem {
  readonly name = 'agentdb';
  readonly needs: readonly string[];
  readonly restartable = true;
  readonly running = new Running<AgentDb>('agentdb');
  readonly #options: AgentDbPartOptions;
  #metrics: Metrics = createMetrics();

  constructor(options: AgentDbPartOptions) {
    this.needs = options.needs;
    this.#options = options;
  }

  /** The counters of what runs now. */
  get metrics(): Metrics {
    return this.#metrics;
  }

  start(): void {
    const { storage, meaning, config, clock, emit } = this.#options;
    this.#metrics = createMetrics();
    const made = new AgentDb({
      storage: storage.running.current,
      vectors: meaning.vectors,
      embed: meaning.embed,
      settings: livePart(config, (all) => all.agentdb),
      clock,
      emit,
      metrics: this.#metrics,
    });
    this.running.set(made);
  }

  stop(): void {
    this.running.take()?.dispose();
  }

  /** Empties its caches. */
  shrink(): void {
    this.running.held?.shrink();
  }

  /** Reads each of its tables. */
  async check(): Promise<CheckResult> {
    await this.running.current.check();
    const lacking = this.#options.board
      .list()
      .find(({ subsystem, level }) => subsystem === this.name && level !== 'exact-scan');
    return lacking ? { status: 'degraded', reason: lacking.reason } : healthy;
  }
}
