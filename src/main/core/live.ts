/** A value that may change while the app runs, and who wants to know. */
export interface Live<T> {
  /** The value now. */
  readonly current: T;
  /** Calls the listener after each change until the returned function is called. */
  listen(listener: (next: T, previous: T) => void): () => void;
}

/** A live value that never changes. */
export function fixed<T>(value: T): Live<T> {
  return { current: value, listen: () => () => undefined };
}

/** The part of a live value that `select` picks; its listeners hear only of a part that differs. */
export function livePart<T, P>(whole: Live<T>, select: (value: T) => P): Live<P> {
  return {
    get current() {
      return select(whole.current);
    },
    listen: (listener) =>
      whole.listen((next, previous) => {
        const [now, before] = [select(next), select(previous)];
        if (JSON.stringify(now) !== JSON.stringify(before)) listener(now, before);
      }),
  };
}
