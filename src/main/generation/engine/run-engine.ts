import type { AsyncResource } from '#main/core/disposable.ts';
import type { RunSummary } from '#main/storage/run-store.ts';
import { OmegaError } from '#shared/error.ts';
import type { Run } from '#shared/run.ts';
import type { Learning } from '../memory/learning.ts';
import { notFound } from '../review/proposals.ts';
import type { ReviewContext } from '../review/review-context.ts';
import { EmbeddedQueue } from './embedded-queue.ts';
import type { JobQueue } from './job-queue.ts';
import { saveRun, workRun } from './work-run.ts';

type ActiveRun = {
  readonly controller: AbortController;
  readonly done: Promise<void>;
  concurrency: number;
};

/** Starts, follows and cancels runs; several may be under way at once. */
export class RunEngine implements AsyncResource {
  readonly #context: ReviewContext;
  readonly #learning: Learning | null;
  readonly #queue: JobQueue;
  readonly #active = new Map<string, ActiveRun>();

  /** With `learning` the runs that ask for it use what was learned. */
  constructor(context: ReviewContext, learning: Learning | null = null) {
    this.#context = context;
    this.#learning = learning;
    const { storage, clock, emit } = context;
    const onChange = (job: Run['jobs'][number]): void => emit({ type: 'job.updated', job });
    this.#queue = new EmbeddedQueue({ jobs: storage.jobs, clock, onChange });
  }

  /** Starts a run and returns it at once; events tell how it goes. */
  start(request: Run['request']): Run {
    const { clock } = this.#context;
    const run: RunSummary = {
      id: clock.id(),
      state: 'scanning',
      request,
      createdAt: clock.now(),
      endedAt: null,
      failures: [],
    };
    saveRun(this.#context, run);
    const controller = new AbortController();
    const active = { controller, concurrency: request.async ? request.concurrency : 1 };
    // The work begins a tick later, so that the entry is there before anything can end it.
    const done = Promise.resolve()
      .then(() =>
        workRun(this.#context, this.#queue, run, {
          signal: controller.signal,
          learning: request.memory ? this.#learning : null,
          concurrency: () => active.concurrency,
        }),
      )
      .finally(() => this.#active.delete(run.id));
    this.#active.set(run.id, Object.assign(active, { done }));
    return { ...run, jobs: [] };
  }

  /** A run with its jobs. Throws `NOT_FOUND`. */
  get(id: string): Run {
    const { storage } = this.#context;
    const run = storage.runs.get(id);
    if (!run) throw notFound('run', id);
    return { ...run, jobs: storage.jobs.list(id) };
  }

  /** The newest runs with their jobs, newest first. */
  list(limit: number): readonly Run[] {
    const { storage } = this.#context;
    return storage.runs.list(limit).map((run) => ({ ...run, jobs: storage.jobs.list(run.id) }));
  }

  /** Cancels a run and waits until it has stopped; one that has ended stays as it is. */
  async cancel(id: string): Promise<Run> {
    const active = this.#active.get(id);
    active?.controller.abort();
    await active?.done;
    const run = this.get(id);
    if (run.endedAt === null) {
      throw new OmegaError(
        'CONFLICT',
        'This run belongs to another Omega that is open; cancel it there.',
      );
    }
    return run;
  }

  /** Changes how many jobs at once every run that is under way does, from now on. */
  setConcurrency(concurrency: number): void {
    for (const [id, active] of this.#active) {
      active.concurrency = concurrency;
      this.#queue.setConcurrency(id, concurrency);
    }
  }

  /** Cancels all runs and waits until they have stopped. */
  async dispose(): Promise<void> {
    const active = [...this.#active.values()];
    for (const { controller } of active) controller.abort();
    await Promise.all(active.map(({ done }) => done));
  }
}
