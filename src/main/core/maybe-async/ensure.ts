/**
 * A function that always answers with a promise, with the parameters of `fn`: a value becomes a
 * resolved promise, a throw a rejection. It runs where it is called; see `blocking` for threads.
 */
export function ensureAsyncCallable<A extends readonly unknown[], R>(
  fn: (...args: A) => R,
): (...args: A) => Promise<Awaited<R>> {
  return async (...args): Promise<Awaited<R>> => await fn(...args);
}

/** A promise of `value`, whether it is a value, a promise or anything else that can be awaited. */
export function ensureAwaitable<T>(value: T): Promise<Awaited<T>> {
  return Promise.resolve(value) as Promise<Awaited<T>>;
}
