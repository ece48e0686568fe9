import { cancelled } from '#main/core/abort.ts';
import type { AsyncResource } from '#main/core/disposable.ts';
import { OmegaError } from '#shared/error.ts';
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
  #deaths = 0;
  #answers = 0;

  constructor(options: ComputeProcessOptions) {
    this.#options = options;
    this.#breaker = new DeathBreaker(
      options.breaker ?? defaultBreakerPolicy,
      options.now ?? Date.now,
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
        triesLeft: this.#options.retries,
        settle: (outcome) => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', onAbort);
          this.#pending.delete(id);
          if (outcome instanceof OmegaError) reject(outcome);
          else resolve(outcome);
        },
      });
      if (this.#child) this.#child.send({ type: 'embed', id, texts });
      else this.#startLater();
    });
  }

  dispose(): void {
    this.#disposed = true;
    if (this.#restart) clearTimeout(this.#restart);
    for (const pending of [...this.#pending.values()]) pending.settle(closed());
    this.#child?.kill();
    this.#child = null;
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
    for (const { id, texts } of this.#pending.values()) child.send({ type: 'embed', id, texts });
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

function died(how: string): OmegaError {
  return new OmegaError('UNAVAILABLE', `The compute process ended (${how}); try again.`, {
    retryable: true,
    details: { fault: 'died' },
  });
}

function resting(ms: number): OmegaError {
  const message = `The compute process kept ending and rests; try again in ${Math.ceil(ms / 1000)} s.`;
  const details = { fault: 'died', retryAfterMs: ms };
  return new OmegaError('UNAVAILABLE', message, { retryable: true, details });
}

function late(ms: number): OmegaError {
  const message = `The compute process did not answer within ${ms} ms; try fewer or shorter texts.`;
  return new OmegaError('TIMEOUT', message, { retryable: true, details: { fault: 'died' } });
}

function closed(): OmegaError {
  return new OmegaError('UNAVAILABLE', 'The app is closing; start it again.', { retryable: true });
}
