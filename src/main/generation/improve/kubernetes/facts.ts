import type { Mapping } from '../../validation/plain.ts';
import type { RunsAs } from '../dockerfile/runs-as.ts';

/** A container of an author's manifest, as far as tells which service it runs. */
export type ContainerName = {
  /** Name of the Deployment, StatefulSet or other object that makes the pod. */
  readonly workload: string;
  readonly container: string;
  readonly image: string;
};

/** What is known of what a container of an author's manifest runs. */
export type ContainerFacts = {
  /** Whom its image runs as; null where nobody knows. */
  readonly runsAs: RunsAs | null;
  /** Folders that it writes beside its volumes; null where nobody knows. */
  readonly writes: readonly string[] | null;
  /** HTTP path that answers 2xx when it is healthy, and the port that the source listens on. */
  readonly health: {
    readonly path: string;
    /** Path that says that the process lives, whatever it depends on; null where the port has to do. */
    readonly alive: string | null;
    readonly port: number;
    readonly startupSeconds: number;
  } | null;
  readonly resources: {
    readonly requests: Readonly<Record<string, string>>;
    /** Left out where nothing was measured that a limit could be told from. */
    readonly limits?: Readonly<Record<string, string>>;
    /** Why these, in a line. */
    readonly reason: string;
  } | null;
};

/** The facts of a container, or null where it runs nothing that is known. */
export type FactsOf = (name: ContainerName) => ContainerFacts | null;

/** A pod of a file: the document, the path of its template, and the container's own mapping. */
export type Place = {
  readonly document: number;
  readonly path: readonly (string | number)[];
  readonly container: Mapping;
};
