import type { DegradationBoard } from '#main/core/degradation/degradation-board.ts';
import type { AsyncResource } from '#main/core/disposable.ts';
import { type CheckResult, healthy, type Subsystem } from '#main/core/lifecycle/subsystem.ts';
import type { Live } from '#main/core/live.ts';
import type { BreakerState } from '#main/core/resilience/guard.ts';
import type { GuardPolicy } from '#main/core/resilience/guard-policy.ts';
import { LiveGuard } from '#main/core/resilience/live-guard.ts';
import { storeError } from '#main/storage/store-error.ts';
import { OmegaError } from '#shared/error.ts';
import type { RuntimeEvent } from '#shared/events.ts';
import type { RuntimeState } from '#shared/runtime.ts';
import type { Operation, Served } from './operations.ts';

/** What calls stand on, and whom they tell. */
export type CallsOptions = {
  /** All other parts: they stop after the last call has ended. */
  readonly needs: readonly string[];
  readonly policies: Readonly<Record<Served, Live<GuardPolicy>>>;
  readonly board: DegradationBoard;
  readonly state: () => RuntimeState;
  /** Told of every call that ended: its operation, its time in ms, and whether it failed. */
  readonly record: (operation: string, ms: number, failed: boolean) => void;
  /** Told of each error before it is typed. */
  readonly failed: (error: unknown) => void;
  readonly emit: (event: RuntimeEvent) => void;
};

/**
 * The one way into the runtime: each call is refused while the runtime is not up or what it writes
 * to cannot be written, goes through the guard of its part, and is counted.
 */
export class Calls implements Subsystem, AsyncResource {
  readonly name = 'calls';
  readonly needs: readonly string[];
  readonly restartable = false;
  readonly #options: CallsOptions;
  readonly #guards: Readonly<Record<Served, LiveGuard>>;
  #closing = new AbortController();
  #running = 0;
  #drained: (() => void) | null = null;

  constructor(options: CallsOptions) {
    this.#options = options;
    this.needs = options.needs;
    this.#guards = {
      memory: this.#guard('memory'),
      agentdb: this.#guard('agentdb'),
      loops: this.#guard('loops'),
      'meta-sona': this.#guard('meta-sona'),
    };
  }

  /** The breaker of each part. */
  get breakers(): Readonly<Record<Served, BreakerState>> {
    const { memory, agentdb, loops, 'meta-sona': sona } = this.#guards;
    return {
      memory: memory.breaker,
      agentdb: agentdb.breaker,
      loops: loops.breaker,
      'meta-sona': sona.breaker,
    };
  }

  /** Calls that wait for others to end. */
  get waiting(): number {
    return Object.values(this.#guards).reduce((sum, { waiting }) => sum + waiting, 0);
  }

  /**
   * Makes a call. Throws what the task throws, `NOT_RUNNING`, `SUBSYSTEM_DEGRADED` for a write that
   * cannot be kept, and what a guard throws.
   */
  async run<T>(
    operation: Operation,
    task: (signal: AbortSignal) => Promise<T> | T,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    this.#admit(operation);
    const { name, subsystem } = operation;
    const began = performance.now();
    this.#running += 1;
    try {
      const closing = this.#closing.signal;
      // A caller that has a signal does not outlive the runtime either: its store would be closed.
      const ends = signal && AbortSignal.any([signal, closing]);
      const answer = await this.#guards[subsystem].run(task, ends, closing);
      this.#options.record(name, performance.now() - began, false);
      return answer;
    } catch (error) {
      this.#options.record(name, performance.now() - began, true);
      this.#tell(subsystem, error);
      throw error;
    } finally {
      this.#running -= 1;
      if (this.#running === 0) this.#drained?.();
    }
  }

  start(): void {
    this.#closing = new AbortController();
  }

  /** Waits for the calls under way; what goes on beyond the time is cancelled. */
  async stop(signal: AbortSignal): Promise<void> {
    const closing = this.#closing;
    const cancel = (): void => closing.abort(signal.reason);
    signal.addEventListener('abort', cancel, { once: true });
    try {
      while (this.#running > 0) await new Promise<void>((end) => (this.#drained = end));
    } finally {
      signal.removeEventListener('abort', cancel);
      this.#drained = null;
      closing.abort();
    }
  }

  check(): CheckResult {
    const open = Object.entries(this.breakers).filter(([, state]) => state !== 'closed');
    if (open.length === 0) return healthy;
    const names = open.map(([name]) => name).join(' and ');
    return { status: 'degraded', reason: `Calls to ${names} failed repeatedly and rest.` };
  }

  dispose(): void {
    for (const guard of Object.values(this.#guards)) guard.dispose();
  }

  #guard(subsystem: Served): LiveGuard {
    return new LiveGuard(`The ${subsystem}`, this.#options.policies[subsystem], {
      onBreaker: (state) => this.#options.emit({ type: 'breaker.changed', subsystem, state }),
      onError: (error) => {
        this.#options.failed(error);
        return storeError(error);
      },
    });
  }

  #admit({ subsystem, writes }: Operation): void {
    const state = this.#options.state();
    if (state !== 'running' && state !== 'degraded') {
      const message = `The runtime is ${state}; start it before it is called.`;
      throw new OmegaError('NOT_RUNNING', message);
    }
    if (!writes || this.#options.board.isWhole) return;
    const readOnly = this.#options.board.find(subsystem, 'read-only');
    if (!readOnly) return;
    const message = `The ${subsystem} takes nothing in at present. ${readOnly.reason}`;
    throw new OmegaError('SUBSYSTEM_DEGRADED', message, {
      retryable: true,
      details: { subsystem, level: readOnly.level },
    });
  }

  #tell(component: string, error: unknown): void {
    const known = error instanceof OmegaError ? error : null;
    if (known && harmless.has(known.code)) return;
    const message = error instanceof Error ? error.message : String(error);
    this.#options.emit({ type: 'error', component, code: known?.code ?? 'INTERNAL', message });
  }
}

/** Codes that say something about the call and not about the runtime. */
const harmless: ReadonlySet<string> = new Set([
  'INVALID_INPUT',
  'NOT_FOUND',
  'CONFLICT',
  'REFUSED',
  'CANCELLED',
  'NOT_AVAILABLE',
  'CAPABILITY_NOT_REACHED',
]);
