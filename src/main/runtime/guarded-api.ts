import type { OmegaRuntime } from './omega-runtime.ts';
import type { Operation } from './operations.ts';

/** What a method of a part takes. */
export type Input<F> = F extends (input: infer I, signal?: AbortSignal) => unknown ? I : never;
type Output<F> = F extends (...args: never[]) => Promise<infer O> ? Promise<O> : never;
/** What a method of a part answers. */
export type Of<Part, Method extends keyof Part> = Output<Part[Method]>;

/** The one way in which the api's operations reach the runtime. */
export abstract class GuardedApi {
  protected readonly runtime: OmegaRuntime;

  constructor(runtime: OmegaRuntime) {
    this.runtime = runtime;
  }

  /** Makes a call through the guard of its part, see `Calls`. */
  protected call<T>(
    operation: Operation,
    signal: AbortSignal | undefined,
    task: (own: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return this.runtime.calls.run(operation, task, signal);
  }

  /** Like {@link call}; an answer that came from a fallback has the parts tried at once. */
  protected async degradable<T extends { readonly degraded: string | null }>(
    operation: Operation,
    signal: AbortSignal | undefined,
    task: (own: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const answer = await this.runtime.calls.run(operation, task, signal);
    if (answer.degraded !== null) this.runtime.suspect();
    return answer;
  }
}
