import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { OmegaError } from '#shared/error.ts';
import { cancelled } from '../abort.ts';
import type { AsyncResource } from '../disposable.ts';
import { currentTrace } from '../trace.ts';
import type { Blocking } from './blocking.ts';
import type { ThreadAnswer, ThreadCall, ThreadStarted } from './thread-entry.ts';

/** Bounds of a {@link ThreadPool}; times in milliseconds. */
export type ThreadPoolOptions = {
  /** Threads at most; by default one fewer than the machine has, at least one, at most four. */
  readonly threads?: number;
  /** Calls that may wait for a thread; the next is refused. */
  readonly maxQueue?: number;
  /** Longest that one call may run. */
  readonly timeoutMs?: number;
  /** Longest that one call may wait for a thread. */
  readonly maxWaitMs?: number;
  /** A thread beyond the first ends when it had nothing to do for so long. */
  readonly idleMs?: number;
  /** JavaScript heap of one thread, in MiB. */
  readonly heapMb?: number;
};

/** What bounds one call. */
export type CallOptions = { readonly signal?: AbortSignal; readonly timeoutMs?: number };

type Pending = { readonly startRunning: () => void };

/** Runs {@link Blocking} functions in a bounded number of threads that do not keep the process alive. */
export class ThreadPool implements AsyncResource {
  readonly #pool: Piscina<ThreadCall, ThreadAnswer>;
  readonly #limits: { readonly calls: number; readonly timeoutMs: number; readonly waitMs: number };
  readonly #pending = new Map<number, Pending>();
  #nextId = 0;
  #closed = false;

  constructor(options: ThreadPoolOptions = {}) {
    const threads = options.threads ?? Math.max(1, Math.min(4, availableParallelism() - 1));
    const { maxQueue = 1_000, timeoutMs = 60_000, maxWaitMs = 300_000 } = options;
    this.#limits = { calls: threads + maxQueue, timeoutMs, waitMs: maxWaitMs };
    this.#pool = new Piscina<ThreadCall, ThreadAnswer>({
      filename: fileURLToPath(new URL('./thread-entry.ts', import.meta.url)),
      name: 'runInThread',
      // One stays: only then does Piscina give the queue of a thread that died to its successor.
      minThreads: 1,
      maxThreads: threads,
      maxQueue: Number.POSITIVE_INFINITY,
      idleTimeout: options.idleMs ?? 10_000,
      recordTiming: false,
      // A call that fills the memory ends its thread, not the process.
      resourceLimits: { maxOldGenerationSizeMb: options.heapMb ?? 1_024 },
    });
    this.#pool.on('message', ({ started }: ThreadStarted) =>
      this.#pending.get(started)?.startRunning(),
    );
    // A thread that dies without a call is replaced when it is needed; nobody waits for it.
    this.#pool.on('error', () => undefined);
  }

  /** Calls under way and waiting. */
  get pending(): number {
    return this.#pending.size;
  }

  /** Threads that live now. */
  get threads(): number {
    return this.#pool.threads.length;
  }

  /**
   * Calls a function in a thread. Rejects with what it threw (an error that is no `OmegaError` as
   * `INTERNAL`), with `UNAVAILABLE` where the queue is full or the thread died (retryable), with
   * `TIMEOUT`, or with `CANCELLED`; a call that runs too long is ended together with its thread.
   */
  async run<A extends readonly unknown[], R>(
    work: Blocking<A, R>,
    args: A,
    { signal, timeoutMs = this.#limits.timeoutMs }: CallOptions = {},
  ): Promise<R> {
    if (signal?.aborted) throw cancelled(signal);
    if (this.#closed) throw unavailable('The app is closing; start it again.', 'closed');
    if (this.#pending.size >= this.#limits.calls) {
      const message = `${this.#limits.calls} calls run or wait already; try again when some have ended.`;
      throw unavailable(message, 'queue-full');
    }
    const id = this.#nextId++;
    const late = new AbortController();
    const expire = (ms: number, what: string) =>
      setTimeout(() => late.abort(timeout(work.name, what, ms)), ms);
    let timer = expire(this.#limits.waitMs, 'waited for a thread');
    const startRunning = (): void => {
      clearTimeout(timer);
      timer = expire(timeoutMs, 'ran');
    };
    this.#pending.set(id, { startRunning });
    const either = signal ? AbortSignal.any([signal, late.signal]) : late.signal;
    try {
      const { module, name } = work;
      const call = { id, module, name, args, trace: currentTrace() };
      const answer = await this.#pool.run(call, { signal: either });
      if (answer.ok) return answer.value as R;
      throw revived(answer);
    } catch (error) {
      if (signal?.aborted) throw cancelled(signal);
      if (late.signal.aborted) throw late.signal.reason;
      throw error instanceof OmegaError ? error : this.#broken(work.name, error);
    } finally {
      clearTimeout(timer);
      this.#pending.delete(id);
    }
  }

  /** Ends every thread; calls under way are rejected. */
  async dispose(): Promise<void> {
    this.#closed = true;
    await this.#pool.destroy();
  }

  #broken(name: string, cause: unknown): OmegaError {
    const { message: said, stack = '' } = cause instanceof Error ? cause : new Error(String(cause));
    // A clone of a DOMException has lost its name and message; its stack begins with both.
    const reason = said || (stack.split('\n')[0] ?? '');
    if (stack.startsWith('DataCloneError')) {
      const message = `"${name}" was given or answers what cannot go to another thread: ${reason}`;
      return new OmegaError('INTERNAL', message, { cause });
    }
    if (this.#closed) return unavailable('The app is closing; start it again.', 'closed', cause);
    const message = `The thread that ran "${name}" ended (${reason}). It has been replaced; try again.`;
    return unavailable(message, 'thread-died', cause);
  }
}

function revived({ error, stack }: Extract<ThreadAnswer, { ok: false }>): OmegaError {
  const { code, message, retryable, details } = error;
  const options = { retryable, cause: stack, ...(details ? { details } : {}) };
  return new OmegaError(code, message, options);
}

function unavailable(message: string, reason: string, cause?: unknown): OmegaError {
  return new OmegaError('UNAVAILABLE', message, { cause, retryable: true, details: { reason } });
}

function timeout(name: string, what: string, ms: number): OmegaError {
  const message = `"${name}" ${what} longer than ${ms} ms and was ended. Try a smaller input.`;
  return new OmegaError('TIMEOUT', message, { details: { ms } });
}
