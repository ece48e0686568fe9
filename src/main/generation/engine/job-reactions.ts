import type { ArtifactKind } from '#shared/artifact.ts';
import type { ErrorData } from '#shared/error.ts';
import type { ModelProvider } from '#shared/providers.ts';

/** What can be done about a job that went wrong. */
export type JobRemedy =
  /** It ends as it would have. */
  | { readonly do: 'leave' }
  /** It is done once more, after so many ms. */
  | { readonly do: 'again'; readonly afterMs: number }
  /** Another provider that the settings name is asked. */
  | { readonly do: 'reroute'; readonly provider: ModelProvider }
  /** The blueprint's file takes the place of the model's, which stays beside it. */
  | { readonly do: 'blueprint' }
  /** The run pauses, and the job waits with the others. */
  | { readonly do: 'stop'; readonly why: string };

/** A job that went wrong at its model, and what could be done. */
export type JobTrouble = {
  readonly runId: string;
  readonly jobId: string;
  readonly kind: ArtifactKind;
  readonly service: string | null;
  readonly provider: ModelProvider;
  /** How it failed; null where its file stayed invalid after all repairs. */
  readonly error: ErrorData | null;
  /** Rules of the errors that its file has. */
  readonly rules: readonly string[];
  /** What the one who asks can do. */
  readonly can: readonly JobRemedy['do'][];
  /** Providers that the settings name and that were not asked for it, in their order. */
  readonly others: readonly ModelProvider[];
  /** Times that it was done again already. */
  readonly again: number;
  /** Whether this provider made a file for this run before: it worked, and broke. */
  readonly worked: boolean;
};

/** Decides what is done about jobs that go wrong: the port that the reactive loop stands behind. */
export interface JobReactions {
  /** What to do, at once. */
  react(trouble: JobTrouble): JobRemedy;
  /** A job ended: whether it has its files, and they are without errors. */
  ended(runId: string, jobId: string, isValid: boolean): void;
}

/** Nothing is done about anything. */
export const noReactions: JobReactions = {
  react: () => ({ do: 'leave' }),
  ended: () => undefined,
};
