import { cancelled } from '#main/core/abort.ts';
import { steadyNow } from '#main/core/clock.ts';
import type { AsyncResource } from '#main/core/disposable.ts';
import { currentTrace } from '#main/core/trace.ts';
import { OmegaError } from '#shared/error.ts';
import type { ComputeChild, SpawnCompute } from '../compute/compute-port.ts';
import {
  type BreakerPolicy,
  DeathBreaker,
  defaultBreakerPolicy,
} from '../compute/death-breaker.ts';
import { fromVectorsSchema, type IndexAnswer, type IndexOrder } from './index/index-messages.ts';

/** Longest that one order may take, in ms; then the process hangs, and is ended. */
const deadlineMs = 120_000;

type Pending = {
  readonly settle: (outcome: IndexAnswer | OmegaError) => void;
  readonly child: ComputeChild;
};

/** An order without the id that its answer is known by. */
export type Order = IndexOrder extends infer One
  ? One extends { readonly id: number }
    ? Omit<One, 'id'>
    : never
  : never;

/**
 * The compute process that holds the indexes, as the app sees it. It starts with the first order.
 * When it dies, so do all indexes in it: what waits fails with a retryable `UNAVAILABLE` whose
 * `details.fault` is `died`, and `life` counts up, by which their owners see that they are gone.
 */
export class VectorProcess implements AsyncResource {
  readonly #spawn: SpawnCompute;
  readonly #breaker: DeathBreaker;
  readonly #pending = new Map<number, Pending>();
  #child: ComputeChild | null = null;
  #renewed: ComputeChild | null = null;
  #nextId = 0;
  #nextIndex = 0;
  #disposed = false;
  #answers = 0;
  #life = 0;

  constructor(spawn: SpawnCompute, breaker: BreakerPolicy = defaultBreakerPolicy, now = steadyNow) {
    this.#spawn = spawn;
    this.#breaker = new DeathBreaker(breaker, now);
  }

  /** The id of the process that runs now. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** How often the process died unasked; what was opened in an earlier life is gone. */
  get life(): number {
    return this.#life;
  }

  /** Milliseconds for which it rests after deaths; 0 when it can be used. */
  restsForMs(): number {
    return this.#breaker.refusesForMs();
  }

  /** A number for a new index. */
  newIndex(): number {
    return this.#nextIndex++;
  }

  /** Sends an order and waits for its answer. */
  ask(index: number, order: Order, signal?: AbortSignal): Promise<IndexAnswer> {
    if (signal?.aborted) return Promise.reject(cancelled(signal));
    if (this.#disposed) return Promise.reject(closed());
    const rest = this.restsForMs();
    if (rest > 0) return Promise.reject(resting(rest));
    const child = this.#started();
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const onAbort = (): void => this.#pending.get(id)?.settle(cancelled(signal));
      const answers = this.#answers;
      const timer = setTimeout(() => {
        this.#pending.get(id)?.settle(late());
        if (this.#answers === answers) child.kill();
      }, deadlineMs);
      signal?.addEventListener('abort', onAbort, { once: true });
      const settle = (outcome: IndexAnswer | OmegaError): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        this.#pending.delete(id);
        if (outcome instanceof OmegaError) reject(outcome);
        else resolve(outcome);
      };
      this.#pending.set(id, { settle, child });
      const trace = currentTrace();
      child.send({ type: 'vectors', index, order: { ...order, id }, trace });
    });
  }

  /** Ends a process that does not answer any more; the next order starts another one, without a rest. */
  renew(): void {
    this.#renewed = this.#child;
    this.#child?.kill();
  }

  /** Sends what is not answered. */
  tell(index: number, keys: Float64Array): void {
    this.#child?.send({ type: 'vectors', index, order: { op: 'remove', keys } });
  }

  /** Ends an index and frees its memory. */
  close(index: number): void {
    this.#child?.send({ type: 'vectors-close', index });
  }

  dispose(): void {
    this.#disposed = true;
    for (const { settle } of [...this.#pending.values()]) settle(closed());
    this.#child?.kill();
    this.#child = null;
  }

  #started(): ComputeChild {
    if (this.#child) return this.#child;
    const child = this.#spawn();
    this.#child = child;
    child.onMessage((message) => {
      const parsed = fromVectorsSchema.safeParse(message);
      this.#answers += 1;
      // A process that talks nonsense is as good as dead, and its end is handled.
      if (!parsed.success) return child.kill();
      const { answer } = parsed.data;
      this.#pending.get(answer.id)?.settle(answer.op === 'failed' ? toError(answer.error) : answer);
    });
    child.onExit((how) => this.#died(child, how));
    return child;
  }

  #died(child: ComputeChild, how: string): void {
    if (this.#disposed || this.#child !== child) return;
    this.#child = null;
    this.#life += 1;
    if (this.#renewed !== child) this.#breaker.died();
    for (const pending of [...this.#pending.values()]) {
      if (pending.child === child) pending.settle(died(how));
    }
  }
}

function toError({ code, message, retryable, details }: ReturnType<OmegaError['toData']>) {
  return new OmegaError(code, message, { retryable, ...(details ? { details } : {}) });
}

function died(how: string): OmegaError {
  const message = `The process of the vector index ended (${how}); try again.`;
  return new OmegaError('UNAVAILABLE', message, { retryable: true, details: { fault: 'died' } });
}

function resting(ms: number): OmegaError {
  const message = `The process of the vector index kept ending and rests; try again in ${Math.ceil(ms / 1000)} s.`;
  const details = { fault: 'died', retryAfterMs: ms };
  return new OmegaError('UNAVAILABLE', message, { retryable: true, details });
}

function late(): OmegaError {
  const message = `The vector index did not answer within ${deadlineMs} ms; try again.`;
  return new OmegaError('TIMEOUT', message, { retryable: true, details: { fault: 'died' } });
}

function closed(): OmegaError {
  return new OmegaError('UNAVAILABLE', 'The app is closing; start it again.', { retryable: true });
}
