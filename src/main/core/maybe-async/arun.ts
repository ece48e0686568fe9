import { cancelled } from '../abort.ts';
import type { Blocking } from './blocking.ts';
import { ensureAsyncCallable } from './ensure.ts';
import { type CallOptions, ThreadPool } from './thread-pool.ts';

/** What {@link arun} takes besides the arguments. */
export type ArunOptions = CallOptions & {
  /** Where a blocking function runs; the process's own pool where absent. */
  readonly pool?: ThreadPool;
};

let shared: ThreadPool | null = null;

/** The pool of this process, made at its first use. Idle threads do not keep the process alive. */
export function sharedPool(): ThreadPool {
  shared ??= new ThreadPool();
  return shared;
}

/**
 * Calls a function and awaits it, wherever it runs: one marked with `blocking` in a thread (errors
 * as {@link ThreadPool.run} says), any other one here.
 */
export function arun<A extends readonly unknown[], R>(
  work: Blocking<A, R> | ((...args: A) => R),
  args: NoInfer<A>,
  options: ArunOptions = {},
): Promise<Awaited<R>> {
  if (typeof work !== 'function') {
    const answer = (options.pool ?? sharedPool()).run(work, args, options);
    return answer as Promise<Awaited<R>>;
  }
  if (options.signal?.aborted) return Promise.reject(cancelled(options.signal));
  return ensureAsyncCallable(work)(...args);
}

/**
 * A function that always answers with a promise and never holds the caller's thread: a blocking one
 * is called in a pool's thread. One that is asynchronous already is called as it is.
 */
export function ensureAsyncCallableThreaded<A extends readonly unknown[], R>(
  work: Blocking<A, R> | ((...args: A) => Promise<R>),
  options: ArunOptions = {},
): (...args: A) => Promise<Awaited<R>> {
  return (...args) => arun<A, R | Promise<R>>(work, args, options);
}
