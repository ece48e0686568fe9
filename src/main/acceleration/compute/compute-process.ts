import { cancelled } from '#main/core/abort.ts';
import { steadyNow } from '#main/core/clock.ts';
import type { AsyncResource } from '#main/core/disposable.ts';
import { currentTrace } from '#main/core/trace.ts';
import { OmegaError } from '#shared/error.ts';
import { closed, died, late, resting } from './compute-errors.ts';
import type { ComputeChild, SpawnCompute } from './compute-port.ts';
import { type BreakerPolicy, DeathBreaker, defaultBreakerPolicy } from './death-breaker.ts';
import { type ComputeOptions, type Embedded, fromComputeSchema } from './protocol.ts';

/** How a {@link ComputeProcess} behaves. */
export type ComputeProcessOptions = {
  readonly spawn: SpawnCompute;
  readonly open: ComputeOptions;
  /** How often a request is sent again after the process died under it. */
  readonly retries: number;
  readonly breaker?: BreakerPolicy;
  /** Epoch milliseconds. */
  readonly now?: () => number;
};

type Pending = {
  readonly id: number;
  readonly texts: readonly string[];
  readonly trace: string | null;
  readonly settle: (outcome: Embedded | OmegaError) => void;
  triesLeft: number;
};

/**
 * The child process that holds the ONNX sessions, as the app sees it. It starts with the first
 * request. When it dies, its requests are sent again to the next one, or fail with a retryable
 * `UNAVAILABLE` whose `details.fault` is `died`; none hangs.
 */
export class ComputeProcess implements AsyncResource {
  readonly #options: ComputeProcessOptions;
  readonly #breaker: DeathBreaker;
  readonly #pending = new Map<number, Pending>();
  #child: ComputeChild | null = null;
  #restart: NodeJS.Timeout | null = null;
  #nextId = 0;
  #disposed = false;
  #retired: (() => void) | null = null;
  #deaths = 0;
  #answers = 0;

  constructor(options: ComputeProcessOptions) {
    this.#options = options;
    this.#breaker = new DeathBreaker(
      options.breaker ?? defaultBreakerPolicy,
      options.now ?? steadyNow,
    );
  }

  /** The id of the process that runs now. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** How often the process died unasked. */
  get deaths(): number {
    return this.#deaths;
  }

  /**
   * Embeds at most 64 texts. Fails with `CANCELLED`, `TIMEOUT` after `deadlineMs`, `UNAVAILABLE`
   * where the process died or rests, or with what the process itself answers. A process that
   * answered nobody all that time hangs, and is ended.
   */
  embed(
    texts: readonly string[],
    {
      signal,
      deadlineMs,
    }: { readonly signal?: AbortSignal | undefined; readonly deadlineMs: number },
  ): Promise<Embedded> {
    if (signal?.aborted) return Promise.reject(cancelled(signal));
    if (this.#disposed) return Promise.reject(closed());
    const rest = this.#breaker.refusesForMs();
    if (rest > 0) return Promise.reject(resting(rest));
    const id = this.#nextId++;
    const trace = currentTrace();
    return new Promise((resolve, reject) => {
      const onAbort = (): void => this.#give(id, cancelled(signal));
      const answers = this.#answers;
      const timer = setTimeout(() => {
        this.#give(id, late(deadlineMs));
        if (this.#answers === answers) this.#child?.kill();
      }, deadlineMs);
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#pending.set(id, {
        id,
        texts,
        trace,
        triesLeft: this.#options.retries,
        settle: (outcome) => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', onAbort);
          this.#pending.delete(id);
          this.#endIfDone();
          if (outcome instanceof OmegaError) reject(outcome);
          else resolve(outcome);
        },
      });
      if (this.#child) this.#child.send({ type: 'embed', id, texts, trace });
      else this.#startLater();
    });
  }

  /**
   * Ends the process once the requests under way are settled, however they end; resolves then. Give
   * it no further request.
   */
  retire(): Promise<void> {
    return new Promise((resolve) => {
      this.#retired = resolve;
      this.#endIfDone();
    });
  }

  dispose(): void {
    this.#disposed = true;
    if (this.#restart) clearTimeout(this.#restart);
    for (const pending of [...this.#pending.values()]) pending.settle(closed());
    this.#child?.kill();
    this.#child = null;
    this.#retired?.();
  }

  #endIfDone(): void {
    if (this.#retired && this.#pending.size === 0 && !this.#disposed) this.dispose();
  }

  /** Ends a request early; the process drops what it has not begun of it. */
  #give(id: number, error: OmegaError): void {
    this.#child?.send({ type: 'cancel', id });
    this.#pending.get(id)?.settle(error);
  }

  #startLater(): void {
    if (this.#restart !== null) return;
    this.#restart = setTimeout(() => {
      this.#restart = null;
      if (this.#pending.size > 0) this.#start();
    }, this.#breaker.backoffMs());
  }

  #start(): void {
    const child = this.#options.spawn();
    this.#child = child;
    child.onMessage((message) => {
      const answer = fromComputeSchema.safeParse(message);
      this.#answers += 1;
      // A process that talks nonsense is as good as dead, and its end is handled.
      if (!answer.success) child.kill();
      else if (answer.data.type === 'embedded') {
        this.#pending.get(answer.data.id)?.settle(answer.data);
      } else {
        const { code, message: text, retryable, details } = answer.data.error;
        const error = new OmegaError(code, text, { retryable, ...(details ? { details } : {}) });
        this.#pending.get(answer.data.id)?.settle(error);
      }
    });
    child.onExit((how) => this.#died(child, how));
    child.send({ type: 'open', options: this.#options.open });
    for (const { id, texts, trace } of this.#pending.values()) {
      child.send({ type: 'embed', id, texts, trace });
    }
  }

  #died(child: ComputeChild, how: string): void {
    if (this.#disposed || this.#child !== child) return;
    this.#child = null;
    this.#deaths += 1;
    this.#breaker.died();
    const rests = this.#breaker.refusesForMs() > 0;
    for (const pending of [...this.#pending.values()]) {
      if (rests || pending.triesLeft === 0) pending.settle(died(how));
      else pending.triesLeft -= 1;
    }
    if (this.#pending.size > 0) this.#startLater();
  }
}
