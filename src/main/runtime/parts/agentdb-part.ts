import { AgentDb } from '#main/agentdb/agent-db.ts';
import type { CheckResult, Subsystem } from '#main/core/lifecycle/subsystem.ts';
import { livePart } from '#main/core/live.ts';
import { createMetrics, type Metrics } from '#main/core/metrics/metrics.ts';
import { Running } from './running.ts';
import { type UpperPartOptions, worksAs } from './upper-part.ts';

/** Vectors, episodes, skills and causes as a part of the runtime. */
export class AgentDbPart implements Subsystem {
  readonly name = 'agentdb';
  readonly needs: readonly string[];
  readonly restartable = true;
  readonly running = new Running<AgentDb>('agentdb');
  readonly #options: UpperPartOptions;
  #metrics: Metrics = createMetrics();

  constructor(options: UpperPartOptions) {
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
    return worksAs(this.name, this.#options.board);
  }
}
