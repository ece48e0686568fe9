import type { JobReactions, JobRemedy, JobTrouble } from '#main/generation/engine/job-reactions.ts';
import { remedyOf } from './remedy-of.ts';

/** Runs whose failures are remembered at once. */
const mostRuns = 100;
/** Cases that wait for their cycle at most; beyond it the oldest goes untold. */
const mostCases = 1_000;

/** A job that went wrong, what was done, and how it ended: null while it goes on. */
export type Case = {
  readonly trouble: JobTrouble;
  readonly remedy: JobRemedy;
  isValid: boolean | null;
  /** Ends as soon as that is known. */
  readonly over: Promise<void>;
  readonly end: (isValid: boolean) => void;
};

/**
 * Where jobs that went wrong are brought: the remedy is decided at once, so that no job waits for a
 * cycle; the cycle that is set going tells of it, with how the job ended.
 */
export class ReactiveDesk implements JobReactions {
  readonly #isOn: () => boolean;
  readonly #tell: () => Promise<boolean>;
  readonly #open = new Map<string, Case[]>();
  /** Jobs in a row that failed alike, by run: what of, and how many. */
  readonly #alike = new Map<string, { readonly of: string; readonly jobs: Set<string> }>();
  #cases: Case[] = [];
  #isTold = false;

  /** `tell` has a cycle begin, and resolves when it is over with whether there was one. It never rejects. */
  constructor(isOn: () => boolean, tell: () => Promise<boolean>) {
    this.#isOn = isOn;
    this.#tell = tell;
  }

  react(trouble: JobTrouble): JobRemedy {
    if (!this.#isOn()) return { do: 'leave' };
    const remedy = remedyOf(trouble, this.#alikeBefore(trouble));
    const { promise, resolve } = Promise.withResolvers<void>();
    const one: Case = {
      ...{ trouble, remedy, isValid: null, over: promise },
      end: (isValid) => {
        one.isValid ??= isValid;
        resolve();
      },
    };
    // Nothing more becomes of these.
    if (remedy.do === 'leave' || remedy.do === 'stop') one.end(false);
    else this.#open.set(trouble.jobId, [...(this.#open.get(trouble.jobId) ?? []), one]);
    this.#cases = [...this.#cases.slice(1 - mostCases), one];
    this.#ask();
    return remedy;
  }

  /** What would be done about such a job that comes first; nothing is. */
  foresee(trouble: JobTrouble): JobRemedy {
    return remedyOf(trouble, this.#alike.get(trouble.runId)?.jobs.size ?? 0);
  }

  ended(runId: string, jobId: string, isValid: boolean): void {
    if (isValid) this.#alike.delete(runId);
    for (const one of this.#open.get(jobId) ?? []) one.end(isValid);
    this.#open.delete(jobId);
  }

  /** The cases that no cycle has told yet; they are that cycle's now. */
  take(): readonly Case[] {
    const cases = this.#cases;
    this.#cases = [];
    return cases;
  }

  /** Jobs of the run that failed alike before, and after which none went well. */
  #alikeBefore({ runId, jobId, provider, error }: JobTrouble): number {
    if (error === null) return 0;
    const of = `${provider} ${error.code}`;
    const known = this.#alike.get(runId);
    const jobs = known?.of === of ? known.jobs : new Set<string>();
    const before = jobs.size - (jobs.has(jobId) ? 1 : 0);
    jobs.add(jobId);
    this.#alike.delete(runId);
    this.#alike.set(runId, { of, jobs });
    const [oldest] = this.#alike.keys();
    if (this.#alike.size > mostRuns && oldest !== undefined) this.#alike.delete(oldest);
    return before;
  }

  /** One cycle tells of all that comes while it waits; what comes after it has the next. */
  #ask(): void {
    if (this.#isTold) return;
    this.#isTold = true;
    void this.#tell().then((isTold) => {
      this.#isTold = false;
      if (!isTold) this.#cases = [];
      else if (this.#cases.length > 0) this.#ask();
    });
  }
}
