import { randomUUID } from 'node:crypto';

/** Where time and ids come from; injected so that a test can hold both still. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** A new unique id, at most 64 characters. */
  id(): string;
}

/** Milliseconds that no change of the machine's clock makes jump: what has passed is counted by it. */
export function steadyNow(): number {
  return performance.now();
}

/** The machine's clock and random ids. */
export const systemClock: Clock = { now: () => Date.now(), id: () => randomUUID() };
