import type { Job } from '#shared/run.ts';

/** Who takes jobs: a run that is worked through. */
export interface Taker {
  /** Higher goes first. */
  readonly priority: number;
  /** Whether it may begin another chunk now. */
  readonly mayBegin: boolean;
  /** Most jobs of one project that it takes at once. */
  readonly chunkSize: number;
}

/** Jobs of one project that one taker takes together. */
export type Turn<T extends Taker> = { readonly taker: T; readonly jobs: readonly Job[] };

/** What waits of a project for one taker; what lies before `at` is taken. */
type Share<T> = { readonly taker: T; jobs: Job[]; at: number };

/**
 * The jobs that wait, of all takers, and whose turn it is: round robin over the projects, so that one
 * with hundreds of jobs does not keep one with three waiting, and among those the takers in turn.
 */
export class Turns<T extends Taker> {
  /** By the project's root; the first has waited longest for its turn. */
  readonly #projects = new Map<string, Share<T>[]>();
  readonly #waiting = new Map<T, number>();

  /** How many jobs of a taker wait. */
  waiting(taker: T): number {
    return this.#waiting.get(taker) ?? 0;
  }

  /** Adds jobs behind those of their projects. */
  add(taker: T, jobs: readonly Job[]): void {
    for (const job of jobs) this.#shareOf(taker, job.root).jobs.push(job);
    this.#count(taker, jobs.length);
  }

  /** Puts jobs that were taken before those that wait of their projects. */
  putBack(taker: T, jobs: readonly Job[]): void {
    for (const job of jobs.toReversed()) {
      const share = this.#shareOf(taker, job.root);
      share.jobs = [job, ...share.jobs.slice(share.at)];
      share.at = 0;
    }
    this.#count(taker, jobs.length);
  }

  /** Takes the next jobs, of the highest priority that may begin; null where there are none. */
  next(): Turn<T> | null {
    const ready = [...this.#waiting.keys()].filter(({ mayBegin }) => mayBegin);
    const top = Math.max(...ready.map(({ priority }) => priority));
    const first = new Set(ready.filter(({ priority }) => priority === top));
    if (first.size === 0) return null;
    for (const [root, shares] of this.#projects) {
      const index = shares.findIndex(({ taker }) => first.has(taker));
      const [share] = index < 0 ? [] : shares.splice(index, 1);
      if (!share) continue;
      const jobs = share.jobs.slice(share.at, share.at + Math.max(1, share.taker.chunkSize));
      share.at += jobs.length;
      if (share.at < share.jobs.length) shares.push(share);
      this.#projects.delete(root);
      if (shares.length > 0) this.#projects.set(root, shares);
      this.#count(share.taker, -jobs.length);
      return { taker: share.taker, jobs };
    }
    return null;
  }

  /** Forgets what waits for a taker. */
  remove(taker: T): void {
    this.#waiting.delete(taker);
    for (const [root, shares] of this.#projects) {
      const others = shares.filter((share) => share.taker !== taker);
      if (others.length > 0) this.#projects.set(root, others);
      else this.#projects.delete(root);
    }
  }

  #shareOf(taker: T, root: string): Share<T> {
    const shares = this.#projects.get(root) ?? [];
    this.#projects.set(root, shares);
    const found = shares.find((share) => share.taker === taker);
    if (found) return found;
    const share = { taker, jobs: [], at: 0 };
    shares.push(share);
    return share;
  }

  #count(taker: T, change: number): void {
    const count = this.waiting(taker) + change;
    if (count > 0) this.#waiting.set(taker, count);
    else this.#waiting.delete(taker);
  }
}
