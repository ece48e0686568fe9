import type { ErrorData } from '#shared/error.ts';
import type { Job } from '#shared/run.ts';

/** Jobs that failed for the same reason, in their order. */
export type FailureReason = {
  readonly key: string;
  readonly error: ErrorData | null;
  readonly jobs: readonly Job[];
};

/**
 * Failed jobs by why they failed: a wrong key fails all of them, and is one thing to mend. Sentences
 * that differ only in the service that they name count as one.
 */
export function failureReasons(jobs: readonly Job[]): readonly FailureReason[] {
  const reasons = Map.groupBy(jobs, (job) => `${job.error?.code} ${told(job, '"these"')}`);
  return [...reasons].map(([key, alike]) => ({ key, error: errorOf(alike), jobs: alike }));
}

function errorOf([first, ...others]: readonly Job[]): ErrorData | null {
  if (!first?.error) return null;
  const isNamed = others.some(({ service }) => service !== first.service);
  return isNamed ? { ...first.error, message: told(first, 'these') } : first.error;
}

/** What a job's error says, with `instead` in the place of its service's quoted name. */
function told({ error, service }: Job, instead: string): string {
  const message = error?.message ?? '';
  return service === null ? message : message.replaceAll(`"${service}"`, instead);
}
