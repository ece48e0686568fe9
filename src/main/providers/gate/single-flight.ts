import { untilAborted } from '#main/core/until-aborted.ts';

/** What one who waits for a flight wants of it. */
export type Passenger = {
  readonly signal: AbortSignal;
  readonly onText?: ((piece: string) => void) | undefined;
  readonly onRestart?: (() => void) | undefined;
};

/** What the work of a flight is given: it ends with the last passenger, and tells all of them. */
export type FlightContext = {
  readonly signal: AbortSignal;
  readonly text: (piece: string) => void;
  readonly restart: () => void;
};

type Flight<T> = {
  readonly end: AbortController;
  readonly passengers: Set<Passenger>;
  readonly result: Promise<T>;
  text: string;
};

/**
 * Does the same work once for all who want it at the same time. Who comes late gets the text that
 * was there already; who leaves leaves alone; the work ends when all have left.
 */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Flight<T>>();

  /** Whether who joins now joins others. */
  has(key: string): boolean {
    return this.#flights.has(key);
  }

  /** Joins the flight of a key, or begins it. Throws what the work throws, and `CANCELLED`. */
  async join(
    key: string,
    passenger: Passenger,
    work: (context: FlightContext) => Promise<T>,
  ): Promise<T> {
    const known = this.#flights.get(key);
    const flight = known ?? this.#begin(key, passenger, work);
    flight.passengers.add(passenger);
    if (known && known.text !== '') passenger.onText?.(known.text);
    try {
      return await untilAborted(flight.result, passenger.signal);
    } finally {
      flight.passengers.delete(passenger);
      if (flight.passengers.size === 0) {
        // Nobody may join one that is being given up.
        this.#forget(key, flight);
        flight.end.abort(passenger.signal.reason);
      }
    }
  }

  #begin(key: string, first: Passenger, work: (context: FlightContext) => Promise<T>): Flight<T> {
    const end = new AbortController();
    const passengers = new Set<Passenger>([first]);
    const { promise, resolve } = Promise.withResolvers<T>();
    const flight: Flight<T> = { end, passengers, result: promise, text: '' };
    this.#flights.set(key, flight);
    const context: FlightContext = {
      signal: end.signal,
      text: (piece) => {
        flight.text += piece;
        for (const each of passengers) each.onText?.(piece);
      },
      restart: () => {
        flight.text = '';
        for (const each of passengers) each.onRestart?.();
      },
    };
    resolve(work(context).finally(() => this.#forget(key, flight)));
    return flight;
  }

  #forget(key: string, flight: Flight<T>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}
