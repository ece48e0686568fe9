import type { AsyncResource } from '#main/core/disposable.ts';
import { livePart } from '#main/core/live.ts';
import { untilAborted } from '#main/core/until-aborted.ts';
import type { JobClock } from '#main/providers/gate/job-time.ts';
import type { RunBudgets } from '#main/providers/gate/run-budgets.ts';
import type { RunSummary } from '#main/storage/run-store.ts';
import { OmegaError } from '#shared/error.ts';
import type { Run } from '#shared/run.ts';
import { usageOf } from '#shared/run-usage.ts';
import type { Learning } from '../memory/learning.ts';
import { notFound } from '../review/proposals.ts';
import type { ReviewContext } from '../review/review-context.ts';
import { EmbeddedQueue } from './embedded-queue.ts';
import type { JobQueue } from './job-queue.ts';
import { type JobReactions, noReactions } from './job-reactions.ts';
import type { ModelWork } from './model-work.ts';
import { showRun } from './show-run.ts';
import { orphans, takeOver } from './take-over.ts';
import { ThreadShare } from './thread-share.ts';
import { cancelJobs, saveRun, workRun } from './work-run.ts';

/** What a run can use beside the blueprints. */
export type RunEngineOptions = {
  /** What runs that ask for it learn from and add to; null where nothing is learned. */
  readonly learning?: Learning | null;
  /** Has models make files, for runs that ask for one. */
  readonly models: ModelWork;
  /** What is asked about jobs that go wrong; absent where nothing is done about them. */
  readonly reactions?: JobReactions;
  /** Keeps to what runs may spend; absent where nothing counts it. */
  readonly budgets?: Pick<RunBudgets, 'begin' | 'end'>;
  /** Times the jobs that are done together, from their beginning. */
  readonly beginJobs?: () => JobClock;
  /** Whether runs under way when this closes are cancelled, as if absent, or wait for `recover`. */
  readonly atClose?: 'cancel' | 'release';
};

type ActiveRun = {
  readonly controller: AbortController;
  readonly release: AbortController;
  readonly done: Promise<void>;
  readonly asksModels: boolean;
  /** Chunks at once, as the run was started; null once the settings changed since. */
  ownLimit: number | null;
  pausedFor: string | null;
};

/** Starts, follows, pauses, resumes and cancels runs; several may be under way at once. */
export class RunEngine implements AsyncResource {
  readonly #context: ReviewContext;
  readonly #options: RunEngineOptions;
  readonly #queue: JobQueue;
  readonly #thread = new ThreadShare();
  readonly #active = new Map<string, ActiveRun>();
  readonly #stopListening: () => void;

  constructor(context: ReviewContext, options: RunEngineOptions) {
    this.#context = context;
    this.#options = options;
    const { storage, clock, config, emit } = context;
    this.#queue = new EmbeddedQueue({
      storage,
      clock,
      owner: storage.instance.id,
      limit: () => this.#limit,
      thread: this.#thread,
      ...(options.beginJobs ? { beginJobs: options.beginJobs } : {}),
      onChange: (job) => emit({ type: 'job.updated', job }),
    });
    this.#stopListening = livePart(config, ({ async }) => [
      async.enabled,
      async.concurrency,
    ]).listen(() => this.#limitChanged());
  }

  /** Starts a run and returns it at once; events tell how it goes. */
  start(request: Run['request']): Run {
    const { clock, config } = this.#context;
    const target = request.target ?? config.current.target;
    const run: RunSummary = {
      id: clock.id(),
      state: 'scanning',
      request: { ...request, target },
      createdAt: clock.now(),
      endedAt: null,
      paused: null,
      failures: [],
    };
    return this.#work(run);
  }

  /** A run with its jobs. Throws `NOT_FOUND`. */
  get(id: string): Run {
    const run = this.#context.storage.runs.get(id);
    if (!run) throw notFound('run', id);
    return this.#show(run);
  }

  /** The newest runs with their jobs, newest first. */
  list(limit: number): readonly Run[] {
    return this.#context.storage.runs.list(limit).map((run) => this.#show(run));
  }

  /**
   * Cancels a run and waits until it has stopped; one that has ended stays as it is. Throws
   * `CONFLICT` where another instance works on it.
   */
  async cancel(id: string): Promise<Run> {
    const active = this.#active.get(id);
    active?.controller.abort();
    await active?.done;
    if (this.get(id).endedAt === null) {
      const run = takeOver(this.#context, id);
      cancelJobs(this.#context, id);
      const endedAt = this.#context.clock.now();
      saveRun(this.#context, { ...run, state: 'cancelled', paused: null, endedAt });
    }
    return this.get(id);
  }

  /** Begins no further job of a run and waits until those under way have ended. Throws `CONFLICT` where it is not under way here. */
  async pause(id: string, signal?: AbortSignal): Promise<Run> {
    const active = this.#active.get(id);
    if (active) {
      this.#pause(id, 'It was paused by hand.');
      await untilAborted(active.done, signal);
      return this.get(id);
    }
    const run = this.get(id);
    if (run.state === 'paused') return run;
    throw new OmegaError('CONFLICT', `This run is not under way here (it is ${run.state}).`);
  }

  /**
   * Goes on with a run that is paused, or whose process died, and returns it at once. `budgetUsd`
   * stands in the place of its own. Throws `CONFLICT` where it is under way or has ended.
   */
  async resume(id: string, budgetUsd?: number, signal?: AbortSignal): Promise<Run> {
    const active = this.#active.get(id);
    if (active && active.pausedFor !== null) await untilAborted(active.done, signal);
    if (this.#active.has(id)) throw new OmegaError('CONFLICT', 'This run is under way already.');
    const run = takeOver(this.#context, id);
    const request = budgetUsd === undefined ? run.request : { ...run.request, budgetUsd };
    const hasJobs = this.#context.storage.jobs.list(id).length > 0;
    const state = hasJobs ? ('running' as const) : ('scanning' as const);
    return this.#work({ ...run, request, state, paused: null });
  }

  /** Goes on with the runs of processes that died: for a door that stays open. */
  async recover(): Promise<void> {
    for (const id of orphans(this.#context)) {
      try {
        await this.resume(id);
      } catch (error) {
        // Another process was faster, which is as good; no other fault of a run keeps the door shut.
        if (error instanceof OmegaError && error.code === 'CONFLICT') continue;
        this.#context.logger.error({ err: error, run: id }, 'A run could not be gone on with.');
      }
    }
  }

  /** Cancels or releases all runs that are under way, and waits until they have stopped. */
  async dispose(): Promise<void> {
    this.#stopListening();
    const active = [...this.#active];
    for (const [id, { controller, release }] of active) {
      if (this.#options.atClose !== 'release') {
        controller.abort();
        continue;
      }
      release.abort();
      this.#queue.release(id);
    }
    await Promise.all(active.map(([, { done }]) => done));
  }

  /** Runs under way here; those that pause are not counted. */
  get underWay(): number {
    return [...this.#active.values()].filter(({ pausedFor }) => pausedFor === null).length;
  }

  /** Jobs that wait to ask models, of all runs under way. */
  get waitingForModels(): number {
    const asking = [...this.#active].filter(([, { asksModels }]) => asksModels);
    return asking.reduce((sum, [id]) => sum + this.#queue.waiting(id), 0);
  }

  get #limit(): number {
    const { enabled, concurrency } = this.#context.config.current.async;
    return enabled ? concurrency : 1;
  }

  /** What is set last counts, for the runs under way too. */
  #limitChanged(): void {
    for (const active of this.#active.values()) active.ownLimit = null;
    this.#queue.wake();
  }

  #work(run: RunSummary): Run {
    saveRun(this.#context, run);
    const { request } = run;
    const { budgets } = this.#options;
    // One that is resumed goes on counting.
    const spent = usageOf(this.#context.storage.jobs.list(run.id));
    budgets?.begin(run.id, {
      usd: request.budgetUsd ?? null,
      spentUsd: spent?.costUsd ?? 0,
      spentTokens: (spent?.inputTokens ?? 0) + (spent?.outputTokens ?? 0),
    });
    const controller = new AbortController();
    const release = new AbortController();
    const ownLimit: number | null = request.async === false ? 1 : (request.concurrency ?? null);
    const asksModels = request.use !== undefined && request.use !== 'blueprint';
    const active = { controller, release, asksModels, ownLimit, pausedFor: null as string | null };
    // The work begins a tick later, so that the entry is there before anything can end it.
    const done = Promise.resolve()
      .then(() =>
        workRun(this.#context, this.#queue, run, {
          signal: controller.signal,
          release: release.signal,
          learning: request.memory === false ? null : (this.#options.learning ?? null),
          models: this.#options.models,
          reactions: this.#options.reactions ?? noReactions,
          thread: this.#thread,
          concurrency: () => active.ownLimit ?? this.#limit,
          pausedFor: () => active.pausedFor,
          pause: (why) => this.#pause(run.id, why),
        }),
      )
      .finally(() => {
        this.#active.delete(run.id);
        // A paused one goes on counting where it stopped.
        const kept = this.#context.storage.runs.get(run.id);
        if (kept?.state !== 'paused') budgets?.end(run.id);
      });
    this.#active.set(run.id, Object.assign(active, { done }));
    return this.#show(run);
  }

  #pause(id: string, why: string): void {
    const active = this.#active.get(id);
    if (!active) return;
    active.pausedFor ??= why;
    this.#queue.pause(id);
  }

  #show(run: RunSummary): Run {
    return showRun(this.#context, run, this.#active.has(run.id));
  }
}
