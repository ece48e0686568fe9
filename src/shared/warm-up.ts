/** How far the app is with opening in advance what its first calls need. */
export type WarmUpProgress = {
  /** What is being opened now; null when nothing is. */
  readonly step: string | null;
  /** Steps that are open, and all that there are. */
  readonly done: number;
  readonly total: number;
  /** `skipped` where memory is short, `failed` where a step did not open; both leave it to the first call. */
  readonly state: 'waiting' | 'running' | 'done' | 'skipped' | 'failed';
  /** Why it was skipped or failed; otherwise null. */
  readonly reason: string | null;
};
