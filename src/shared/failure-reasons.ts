import type { ErrorData } from './error.ts';
import type { Job } from './run.ts';

/** Jobs that failed for the same reason, in their order. */
export type FailureReason = {
  readonly key: string;
  readonly error: ErrorData | null;
  readonly jobs: readonly Job[];
};

/**
 * Failed jobs by why they failed: a wrong key fails all of them, and is one thing to mend. Sentences
 * that differ only in the service that they name, or in where its file lies, count as one.
 */
export function failureReasons(jobs: readonly Job[]): readonly FailureReason[] {
  const reasons = Map.groupBy(jobs, (job) => `${job.error?.code} ${told(job, '"these"')}`);
  return [...reasons].map(([key, alike]) => ({ key, error: errorOf(alike), jobs: alike }));
}

function errorOf([first, ...others]: readonly Job[]): ErrorData | null {
  if (!first?.error) return null;
  const isNamed = others.some(({ error }) => error?.message !== first.error?.message);
  return isNamed ? { ...first.error, message: told(first, 'these') } : first.error;
}

/** A path of a file in folders; addresses end otherwise. */
const place = /(?<![\w/:.@-])(?:[\w.@-]+\/)+(?=[\w.@-]+\.\w+)/g;

/** What a job's error says, with `instead` in the place of its service's quoted name, and files without their folders. */
function told({ error, service }: Job, instead: string): string {
  const message = error?.message ?? '';
  const bare = message.replace(place, '');
  return service === null ? bare : bare.replaceAll(`"${service}"`, instead);
}
