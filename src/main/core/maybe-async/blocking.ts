declare const signature: unique symbol;

/**
 * Names a function that holds its thread, so that `arun` can run it in another one. `A` and `R` are
 * its parameters and its answer; both must survive a structured clone.
 */
export type Blocking<A extends readonly unknown[], R> = {
  /** The URL of the module that exports it. */
  readonly module: string;
  readonly name: string;
  /** Only for the compiler. */
  readonly [signature]?: (...args: A) => R;
};

type Functions<M> = {
  [K in keyof M]: M[K] extends (...args: never[]) => unknown ? K : never;
}[keyof M] &
  string;

type ParametersOf<F> = F extends (...args: infer A) => unknown ? A : never;
type AnswerOf<F> = F extends (...args: never[]) => infer R ? Awaited<R> : never;

/**
 * Marks an export as one that holds its thread. Closures cannot go to another thread, so a function
 * is named by its module and export, and the type argument keeps its parameters:
 * `blocking<typeof import('./judge.ts'), 'judge'>(url, 'judge')`. Write the URL as
 * `new URL('…', import.meta.url)`: by that form the build emits the module as a file of its own.
 */
export function blocking<M, K extends Functions<M>>(
  module: URL,
  name: K,
): Blocking<ParametersOf<M[K]>, AnswerOf<M[K]>> {
  return { module: module.href, name };
}
