import { cancelled } from '#main/core/abort.ts';
import type { ModelProvider } from '#shared/providers.ts';

/** Who asks for a turn. */
export type CallTurn = {
  readonly provider: ModelProvider;
  /** Higher goes first. */
  readonly priority: number;
  /** Those of equal priority take turns by project. */
  readonly project: string | null;
  readonly signal: AbortSignal;
};

/** What a queue asks before each turn. */
export type QueueLimits = {
  /** Calls at once over all providers. */
  readonly limit: () => number;
  /** Whether a provider that has so many calls may have one more now. */
  readonly mayBegin: (provider: ModelProvider, inFlight: number) => boolean;
  /** Told after each change of what is in flight or waits. */
  readonly onChange: () => void;
};

type Waiting = CallTurn & { readonly begin: () => void };

/**
 * Calls that wait for their turn: the highest priority first, within one the projects in turn, and
 * within a project in order. One whose provider takes nothing now holds up nobody else.
 */
export class CallQueue {
  readonly #limits: QueueLimits;
  /** By priority, then by project; the project whose turn is next comes first. */
  readonly #waiting = new Map<number, Map<string | null, Waiting[]>>();
  readonly #inFlight = new Map<ModelProvider, number>();
  #running = 0;
  #queued = 0;

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  /** Calls that have their turn. */
  get inFlight(): number {
    return this.#running;
  }

  /** Of these, the calls of one provider. */
  inFlightAt(provider: ModelProvider): number {
    return this.#inFlight.get(provider) ?? 0;
  }

  /** Calls that wait for it. */
  get queued(): number {
    return this.#queued;
  }

  /** Waits for a turn; what it resolves with ends it, once. Throws `CANCELLED`. */
  acquire(turn: CallTurn): Promise<() => void> {
    const { signal, provider } = turn;
    if (signal.aborted) return Promise.reject(cancelled(signal));
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#remove(waiting);
        this.#limits.onChange();
        reject(cancelled(signal));
      };
      const waiting: Waiting = {
        ...turn,
        begin: () => {
          signal.removeEventListener('abort', leave);
          resolve(this.#take(provider));
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#add(waiting);
      this.wake();
      this.#limits.onChange();
    });
  }

  /** Looks whether someone may begin, as a limit has changed. */
  wake(): void {
    while (this.#queued > 0 && this.#running < this.#limits.limit()) {
      const next = this.#next();
      if (!next) return;
      this.#remove(next);
      next.begin();
    }
  }

  #take(provider: ModelProvider): () => void {
    this.#running += 1;
    this.#inFlight.set(provider, (this.#inFlight.get(provider) ?? 0) + 1);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#running -= 1;
      this.#inFlight.set(provider, (this.#inFlight.get(provider) ?? 1) - 1);
      this.wake();
      this.#limits.onChange();
    };
  }

  #next(): Waiting | null {
    for (const priority of [...this.#waiting.keys()].sort((a, b) => b - a)) {
      const projects = this.#waiting.get(priority) ?? new Map<string | null, Waiting[]>();
      for (const [project, line] of projects) {
        const next = line.find(({ provider }) =>
          this.#limits.mayBegin(provider, this.#inFlight.get(provider) ?? 0),
        );
        if (!next) continue;
        // The project goes to the end of the round.
        projects.delete(project);
        projects.set(project, line);
        return next;
      }
    }
    return null;
  }

  #add(waiting: Waiting): void {
    const projects = this.#waiting.get(waiting.priority) ?? new Map<string | null, Waiting[]>();
    this.#waiting.set(waiting.priority, projects);
    const line = projects.get(waiting.project);
    if (line) line.push(waiting);
    else projects.set(waiting.project, [waiting]);
    this.#queued += 1;
  }

  #remove(waiting: Waiting): void {
    const projects = this.#waiting.get(waiting.priority);
    const line = projects?.get(waiting.project);
    const at = line?.indexOf(waiting) ?? -1;
    if (!projects || !line || at < 0) return;
    line.splice(at, 1);
    this.#queued -= 1;
    if (line.length === 0) projects.delete(waiting.project);
    if (projects.size === 0) this.#waiting.delete(waiting.priority);
  }
}
