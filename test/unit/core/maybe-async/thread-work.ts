import { currentTrace } from '#main/core/trace.ts';
import { OmegaError } from '#shared/error.ts';

/** What the pool's tests run in threads. */
export function add(a: number, b: number): number {
  return a + b;
}

/** The same, asynchronous. */
export async function addLater(a: number, b: number): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 1));
  return a + b;
}

/** The trace that it is called for. */
export function traceOf(): string | null {
  return currentTrace();
}

/** Holds the thread for so many milliseconds and answers with `value`. */
export function spin<T>(ms: number, value: T): T {
  const end = performance.now() + ms;
  while (performance.now() < end);
  return value;
}

/** Never answers. */
export function spinForever(): void {
  for (;;);
}

/** Throws an error that has a code. */
export function refuse(what: string): never {
  throw new OmegaError('REFUSED', `Not ${what}.`, { details: { what } });
}

/** Throws what is no OmegaError. */
export function fail(): never {
  throw new RangeError('out of range');
}

/** Ends its thread. */
export function die(code: number): void {
  process.exit(code);
}

/** Fills the thread's heap. */
export function exhaust(): number {
  const kept: number[][] = [];
  for (;;) kept.push(Array.from({ length: 100_000 }, (_, i) => i + kept.length));
}

/** Answers with what cannot cross to another thread. */
export function answerFunction(): () => number {
  return () => 1;
}

/** No function. */
export const constant = 3;
