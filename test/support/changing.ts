import type { Live } from '#main/core/live.ts';

/** A live value that the test changes. */
export function changing<T extends object>(value: T): Live<T> & { set(change: Partial<T>): void } {
  const listeners = new Set<(next: T, previous: T) => void>();
  let current = value;
  return {
    get current() {
      return current;
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    set(change) {
      const previous = current;
      current = { ...current, ...change };
      for (const listener of listeners) listener(current, previous);
    },
  };
}
