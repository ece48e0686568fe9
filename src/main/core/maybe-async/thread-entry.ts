import { parentPort } from 'node:worker_threads';
import { type ErrorData, OmegaError } from '#shared/error.ts';
import { onBehalfOf } from '../trace.ts';

/** What a thread is asked: an export of a module and what to call it with. */
export type ThreadCall = {
  readonly id: number;
  readonly module: string;
  readonly name: string;
  readonly args: readonly unknown[];
  /** What the caller works for. */
  readonly trace: string | null;
};

/** What a thread says as it begins a call. */
export type ThreadStarted = { readonly started: number };

/** How a call ended; an error as data, because a clone of one loses its code. */
export type ThreadAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: ErrorData; readonly stack: string | undefined };

/** Runs one call inside a pool's thread. Never rejects for what the called function throws. */
export async function runInThread(call: ThreadCall): Promise<ThreadAnswer> {
  parentPort?.postMessage({ started: call.id } satisfies ThreadStarted);
  try {
    const exports: Record<string, unknown> = await import(call.module);
    const fn = exports[call.name];
    if (typeof fn !== 'function') {
      throw new OmegaError('INTERNAL', `"${call.name}" is no function of ${call.module}.`);
    }
    return { ok: true, value: await onBehalfOf(call.trace, () => fn(...call.args)) };
  } catch (error) {
    const stack = error instanceof Error ? error.stack : undefined;
    return { ok: false, error: errorData(error), stack };
  }
}

function errorData(error: unknown): ErrorData {
  if (error instanceof OmegaError) return error.toData();
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'INTERNAL', message: message.slice(0, 2_000), retryable: false };
}
