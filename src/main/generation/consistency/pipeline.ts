import type { Place } from './claim.ts';

/** An image that a pipeline builds; null for what only shows when it runs. */
export type PipelineBuild = {
  readonly image: string | null;
  /** From the project's root. */
  readonly dockerfile: string | null;
  readonly context: string | null;
  readonly at: Place;
};

/** One command of a script, split into words. */
export type Command = {
  readonly words: readonly string[];
  /** Where it runs, from the project's root; null where that is not known. */
  readonly folder: string | null;
  readonly at: Place;
};

/** One job of a pipeline, as far as other files can contradict it. */
export type PipelineJob = {
  readonly builds: readonly PipelineBuild[];
  readonly commands: readonly Command[];
  /** Names of the variables that it sets, with their places. */
  readonly variables: ReadonlyMap<string, Place>;
};
