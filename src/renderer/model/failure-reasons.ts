import type { ErrorData } from '#shared/error.ts';
import type { Job } from '#shared/run.ts';

/** Jobs that failed for the same reason, in their order. */
export type FailureReason = {
  readonly key: string;
  readonly error: ErrorData | null;
  readonly jobs: readonly Job[];
};

/** Failed jobs by why they failed: a wrong key fails all of them, and is one thing to mend. */
export function failureReasons(jobs: readonly Job[]): readonly FailureReason[] {
  const reasons = Map.groupBy(jobs, ({ error }) => `${error?.code} ${error?.message}`);
  return [...reasons].map(([key, alike]) => ({ key, error: alike[0]?.error ?? null, jobs: alike }));
}
