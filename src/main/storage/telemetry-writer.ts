import type { Clock } from '#main/core/clock.ts';
import type { AsyncResource } from '#main/core/disposable.ts';
import type { TelemetryRow, TelemetryStore } from './telemetry-store.ts';

/** What is written: JSON, and a mark that differs when something happened that readers wait for. */
export type TelemetrySnapshot = Pick<TelemetryRow, 'metrics' | 'health'> & {
  readonly mark: string;
};

/** What a {@link TelemetryWriter} needs. Times in ms. */
export type TelemetryWriterOptions = {
  readonly store: TelemetryStore;
  readonly clock: Clock;
  readonly door: string;
  readonly snapshot: () => Promise<TelemetrySnapshot>;
  /** Told of the first write that failed, and of the first after one that did not. */
  readonly onError: (error: unknown) => void;
  /** How often it looks whether there is something to write; 5 s where absent. */
  readonly everyMs?: number;
};

/** How old the row of an app that does nothing may become: its memory and uptime go on changing. */
const idleMs = 60_000;

/** Keeps the row of this instance at most some seconds old: one write for all that happened meanwhile. */
export class TelemetryWriter implements AsyncResource {
  readonly #options: TelemetryWriterOptions;
  readonly #timer: NodeJS.Timeout;
  #writing = false;
  #disposed = false;
  #failed = false;
  #last: { readonly mark: string; readonly at: number } | null = null;

  constructor(options: TelemetryWriterOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.#write(), options.everyMs ?? 5_000);
    // It must not keep a process alive that has nothing else to do.
    this.#timer.unref();
    void this.#sweepAndWrite();
  }

  /** Stops, and removes the row. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    clearInterval(this.#timer);
    this.#guarded(() => this.#options.store.sweep());
  }

  async #sweepAndWrite(): Promise<void> {
    this.#guarded(() => this.#options.store.sweep());
    await this.#write();
  }

  async #write(): Promise<void> {
    if (this.#writing) return;
    this.#writing = true;
    try {
      const { mark, metrics, health } = await this.#options.snapshot();
      const { store, clock, door } = this.#options;
      const at = clock.now();
      const isNews = this.#last?.mark !== mark || at - this.#last.at >= idleMs;
      if (this.#disposed || !isNews) return;
      store.write({ door, pid: process.pid, at, metrics, health });
      this.#last = { mark, at };
      this.#failed = false;
    } catch (error) {
      this.#tell(error);
    } finally {
      this.#writing = false;
    }
  }

  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#tell(error);
    }
  }

  /** A full disk fails every few seconds; once is enough to know. */
  #tell(error: unknown): void {
    if (!this.#failed) this.#options.onError(error);
    this.#failed = true;
  }
}
