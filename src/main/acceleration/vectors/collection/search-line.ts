import type { Found } from '../engines/vector-engine.ts';

/** Queries in one message: few enough that the next message is under way while one is answered. */
const maxQueries = 4;

type Waiting = {
  readonly query: Float32Array;
  readonly k: number;
  readonly resolve: (found: Found) => void;
  readonly reject: (error: unknown) => void;
};

/** Puts queries that are asked together into one message: the border of a process costs by message. */
export class SearchLine {
  readonly #search: (queries: Float32Array<ArrayBuffer>, k: number) => Promise<Found>;
  #waiting: Waiting[] = [];

  constructor(search: (queries: Float32Array<ArrayBuffer>, k: number) => Promise<Found>) {
    this.#search = search;
  }

  /** What was found for one query. */
  ask(query: Float32Array, k: number): Promise<Found> {
    return new Promise((resolve, reject) => {
      // After all callbacks that an answer wakes: each may ask the next question.
      if (this.#waiting.length === 0) process.nextTick(() => this.#flush());
      this.#waiting.push({ query, k, resolve, reject });
    });
  }

  #flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const group of Map.groupBy(waiting, ({ k }) => k).values()) {
      for (let at = 0; at < group.length; at += maxQueries) {
        void this.#send(group.slice(at, at + maxQueries));
      }
    }
  }

  async #send(group: readonly Waiting[]): Promise<void> {
    const [first] = group;
    if (!first) return;
    const { length } = first.query;
    const queries = new Float32Array(group.length * length);
    for (const [at, { query }] of group.entries()) queries.set(query, at * length);
    try {
      const { keys, scores } = await this.#search(queries, first.k);
      for (const [at, { k, resolve }] of group.entries()) {
        const [from, to] = [at * k, (at + 1) * k];
        resolve({ keys: keys.slice(from, to), scores: scores.slice(from, to) });
      }
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
