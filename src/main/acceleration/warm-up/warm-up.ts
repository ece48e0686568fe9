import { throwIfCancelled } from '#main/core/abort.ts';
import type { AsyncResource } from '#main/core/disposable.ts';
import { untilAborted } from '#main/core/until-aborted.ts';
import type { WarmUpProgress } from '#shared/warm-up.ts';
import { availableMemoryMb } from './available-memory.ts';

/** Something that is slow the first time and can be opened before it is asked for. */
export type WarmUpStep = {
  /** As a user reads it in "Warming up: …". */
  readonly name: string;
  /** Megabytes that it takes, about. */
  readonly memoryMb: () => number;
  readonly run: (signal: AbortSignal) => Promise<void>;
};

/** How a {@link WarmUp} behaves. */
export type WarmUpOptions = {
  readonly steps: readonly WarmUpStep[];
  readonly onProgress: (progress: WarmUpProgress) => void;
  /** Wait before the first step, in ms: the page's own start goes first. */
  readonly delayMs?: number;
  /** Longest that one step may take, in ms. */
  readonly stepMs?: number;
  readonly availableMb?: () => number;
};

/** Megabytes that a step must leave free for everything else. */
const reserveMb = 512;

/** Opens things in the background, one after the other, and tells how far it is. Never throws. */
export class WarmUp implements AsyncResource {
  readonly #options: WarmUpOptions;
  readonly #closing = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | null = null;
  #progress: WarmUpProgress;

  constructor(options: WarmUpOptions) {
    this.#options = options;
    const total = options.steps.length;
    this.#progress = { step: null, done: 0, total, state: 'waiting', reason: null };
  }

  /** How far it is now. */
  get progress(): WarmUpProgress {
    return this.#progress;
  }

  /** Runs it a moment later, once; the process does not stay alive for that moment. */
  start(): void {
    this.#timer ??= setTimeout(() => void this.run(), this.#options.delayMs ?? 2000).unref();
  }

  /** Runs all steps, once; what fails or is skipped does not keep the next. */
  run(): Promise<void> {
    this.#running ??= this.#runAll();
    return this.#running;
  }

  /** Aborts the step under way; nothing is told any more. */
  async dispose(): Promise<void> {
    clearTimeout(this.#timer);
    this.#closing.abort();
    await this.#running;
  }

  async #runAll(): Promise<void> {
    const { signal } = this.#closing;
    let [done, state, reason]: [number, WarmUpProgress['state'], string | null] = [0, 'done', null];
    for (const step of this.#options.steps) {
      if (signal.aborted) return;
      try {
        const missing = this.#missingMemory(step);
        if (missing !== null) {
          if (state === 'done') [state, reason] = ['skipped', missing];
          continue;
        }
        this.#tell({ step: step.name, done, state: 'running', reason: null });
        await this.#runOne(step);
        done += 1;
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        if (state !== 'failed') [state, reason] = ['failed', message];
      }
    }
    this.#tell({ step: null, done, state, reason });
  }

  /** A step that does not heed its signal goes on unheard. */
  async #runOne(step: WarmUpStep): Promise<void> {
    const { stepMs = 180_000 } = this.#options;
    const late = AbortSignal.timeout(stepMs);
    const either = AbortSignal.any([this.#closing.signal, late]);
    try {
      await untilAborted(step.run(either), either);
    } catch (error) {
      throwIfCancelled(this.#closing.signal);
      if (!late.aborted) throw error;
      throw new Error(`The ${step.name} did not open within ${stepMs / 1000} s.`, { cause: error });
    }
  }

  #missingMemory({ name, memoryMb }: WarmUpStep): string | null {
    const { availableMb = availableMemoryMb } = this.#options;
    const [free, needed] = [availableMb(), memoryMb()];
    if (free - needed >= reserveMb) return null;
    return `Only ${free} MB of memory are free; the ${name} opens when it is needed.`;
  }

  #tell(change: Omit<WarmUpProgress, 'total'>): void {
    if (this.#closing.signal.aborted) return;
    this.#progress = { ...change, total: this.#progress.total };
    this.#options.onProgress(this.#progress);
  }
}
