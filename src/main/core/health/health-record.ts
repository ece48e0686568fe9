import type { HealthStatus } from '#shared/health.ts';
import type { HealthCheck, SubsystemHealth } from '#shared/runtime.ts';

const keptChecks = 50;
const untried = 'It was not tried yet.';
const stopped = 'It is stopped.';

/** What the trials of one subsystem say. */
export class HealthRecord {
  readonly #name: string;
  readonly #threshold: () => number;
  #checks: HealthCheck[] = [];
  #idle: string | null = untried;
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
    this.#idle = null;
    this.#checks = [...this.#checks, check].slice(-keptChecks);
    this.#failuresInRow = check.error === null ? 0 : this.#failuresInRow + 1;
    if (check.error !== null) this.#errors += 1;
  }

  /** Notes that there was nothing to try, and why. */
  asleep(reason: string): void {
    this.#idle = reason;
  }

  /** Begins a new life: what the one before came to says nothing about it. */
  started(now: number): void {
    this.#since = now;
    this.#checks = [];
    this.#errors = 0;
    this.#failuresInRow = 0;
    this.#idle = untried;
  }

  /** Notes that it was stopped: what was seen of it stays, but says nothing about now. */
  stopped(): void {
    this.#idle = stopped;
  }

  /** It was stopped and started because it was ill; what was seen stays. */
  restarted(now: number): void {
    this.#since = now;
    this.#failuresInRow = 0;
  }

  /**
   * Unhealthy after a row of failures; degraded while any of as many latest trials failed, so that
   * one that fails every other time is not called healthy, or while it does without something.
   */
  get status(): HealthStatus {
    if (this.#idle !== null) return 'unknown';
    if (this.#failuresInRow >= this.#threshold()) return 'unhealthy';
    const latest = this.#checks.slice(-this.#threshold());
    const failed = latest.some(({ error }) => error !== null);
    return failed || this.#last?.lacking ? 'degraded' : 'healthy';
  }

  /** All of it, as it is shown. */
  view(now: number): SubsystemHealth {
    const { status } = this;
    return {
      name: this.#name,
      status,
      reason: this.#reason(status),
      lastCheck: this.#last,
      errorCount: this.#errors,
      uptimeSeconds: Math.max(0, Math.round((now - this.#since) / 1000)),
      history: this.#checks,
    };
  }

  get #last(): HealthCheck | null {
    return this.#checks.at(-1) ?? null;
  }

  #reason(status: HealthStatus): string | null {
    if (status === 'healthy') return null;
    if (status === 'unknown') return this.#idle;
    const failed = this.#checks.findLast(({ error }) => error !== null);
    return this.#last?.error ?? this.#last?.lacking ?? failed?.error ?? untried;
  }
}
