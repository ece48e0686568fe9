import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

const traces = new AsyncLocalStorage<string | null>();

/** The id of the call that the caller works for; null outside of one. */
export function currentTrace(): string | null {
  return traces.getStore() ?? null;
}

/**
 * Calls `fn` as part of a trace, a new one where `id` is null; what it starts belongs to it too. Ids
 * are those of W3C trace-context, 16 bytes in hexadecimal.
 */
export function withTrace<T>(id: string | null, fn: () => T): T {
  return traces.run(id ?? newTraceId(), fn);
}

/** Calls `fn` for whom the id stands, for nobody where it is null: for queues that mix callers. */
export function onBehalfOf<T>(id: string | null, fn: () => T): T {
  return traces.run(id, fn);
}

/** 122 random bits; a UUID's are drawn in advance, which costs a tenth of drawing 16 bytes. */
function newTraceId(): string {
  return randomUUID().replaceAll('-', '');
}
