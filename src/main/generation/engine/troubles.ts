import type { ErrorData } from '#shared/error.ts';
import type { Job } from '#shared/run.ts';
import type { JobRemedy } from './job-reactions.ts';
import type { ModelWorkContext } from './model-work.ts';

/** Asks what is done about the jobs of one run that fail for good, as its queue can. */
export class Troubles {
  readonly #context: ModelWorkContext;
  readonly #again = new Map<string, number>();
  #worked = false;

  constructor(context: ModelWorkContext) {
    this.#context = context;
  }

  /** A job of the run went well. */
  worked(): void {
    this.#worked = true;
  }

  /** What is done about a job that failed so. */
  failed({ id, kind, service }: Job, error: ErrorData): JobRemedy {
    const { run, reactions } = this.#context;
    const { use } = run.request;
    if (use === undefined || use === 'blueprint') return { do: 'leave' };
    const again = this.#again.get(id) ?? 0;
    const remedy = reactions.react({
      ...{ runId: run.id, jobId: id, kind, service, provider: use, error, rules: [] },
      ...{ can: ['again', 'stop'], others: [], again, worked: this.#worked },
    });
    if (remedy.do === 'again') this.#again.set(id, again + 1);
    return remedy;
  }
}
