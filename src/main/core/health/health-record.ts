import type { HealthStatus } from '#shared/health.ts';
import type { HealthCheck, SubsystemHealth } from '#shared/runtime.ts';

const keptChecks = 50;

/** What the trials of one subsystem say. */
export class HealthRecord {
  readonly #name: string;
  readonly #threshold: () => number;
  #checks: HealthCheck[] = [];
  #errors = 0;
  #failuresInRow = 0;
  #since: number;

  /** `threshold` is how many failures in a row make it unhealthy, asked at each trial. */
  constructor(name: string, threshold: () => number, now: number) {
    this.#name = name;
    this.#threshold = threshold;
    this.#since = now;
  }

  /** Notes a trial. */
  note(check: HealthCheck): void {
    this.#checks = [...this.#checks, check].slice(-keptChecks);
    this.#failuresInRow = check.error === null ? 0 : this.#failuresInRow + 1;
    if (check.error !== null) this.#errors += 1;
  }

  /** Begins anew: it was started again. */
  restarted(now: number): void {
    this.#since = now;
    this.#failuresInRow = 0;
  }

  /**
   * Unhealthy after a row of failures; degraded while any of as many latest trials failed, so that
   * one that fails every other time is not called healthy.
   */
  get status(): HealthStatus {
    if (this.#checks.length === 0) return 'unknown';
    if (this.#failuresInRow >= this.#threshold()) return 'unhealthy';
    const latest = this.#checks.slice(-this.#threshold());
    return latest.some(({ error }) => error !== null) ? 'degraded' : 'healthy';
  }

  /** All of it, as it is shown. */
  view(now: number): SubsystemHealth {
    const failed = this.#checks.findLast(({ error }) => error !== null);
    const { status } = this;
    return {
      name: this.#name,
      status,
      reason: status === 'healthy' ? null : (failed?.error ?? 'It was not tried yet.'),
      lastCheck: this.#checks.at(-1) ?? null,
      errorCount: this.#errors,
      uptimeSeconds: Math.max(0, Math.round((now - this.#since) / 1000)),
      history: this.#checks,
    };
  }
}
