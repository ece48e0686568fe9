import type { Artifact, ArtifactKind, Finding } from '#shared/artifact.ts';
import type { ScanResult, Service } from '#shared/scan.ts';
import type { Target } from '#shared/target.ts';

/** A file of the project as it is on disk. */
export type ProjectText = {
  readonly content: string;
  /** The sha256 of its bytes, where it was read from disk. */
  readonly hash?: string;
  /** Whether these bytes are what Omega wrote last: such a file is written anew, not improved. */
  readonly isOurs: boolean;
};

/** What a blueprint writes from beside the scan's facts. */
export type Surroundings = {
  readonly target: Target;
  /** Files of the project that the blueprint asked to read, by path; those that cannot be read are left out. */
  readonly texts: ReadonlyMap<string, ProjectText>;
  /** What the validators say of those texts, by path, where the blueprint asked for it. */
  readonly findings?: ReadonlyMap<string, readonly Finding[]>;
  /** Paths that the blueprint asked to read and that were beyond what is read for one artifact. */
  readonly left?: readonly string[];
};

/** A file that a blueprint writes, and what is to be said of it beside what its validator says. */
export type WrittenFile = Artifact & {
  readonly notes?: readonly Finding[];
  /** What the small changes to an author's file do, in sentences. */
  readonly mended?: readonly string[];
};

/** Whether a path holds an author's file that is to be improved, not written anew. */
export function isImproved({ target, texts }: Surroundings, path: string): boolean {
  const text = texts.get(path);
  return target.existing === 'improve' && text !== undefined && !text.isOurs;
}

/** What an artifact kind is made of. */
export type Blueprint = {
  /** Of kinds that are per service: whether it has anything for this one. Left out: for every one. */
  fits?(project: ScanResult, service: Service): boolean;
  /**
   * Paths of the project's files that it improves or patches, relative to the root; left out where
   * it writes from the facts alone. At most 3,000 are read, each up to 1 MB.
   */
  reads?(project: ScanResult, service: Service | null, target: Target): readonly string[];
  /**
   * Paths that what was read so far names, and that it is to read too; asked again until it names no
   * new one. Only where an author's files are improved.
   */
  follows?(texts: Surroundings['texts']): readonly string[];
  /**
   * Does beforehand, in threads, what would have `write` hold this one: for kinds whose jobs share
   * texts that are too many to be given to a thread for each.
   */
  prepare?(
    project: ScanResult,
    service: Service | null,
    surroundings: Surroundings,
    signal: AbortSignal,
  ): Promise<void>;
  /**
   * Whether it tells of the project's files: it sees them as they will be with the run's others, and
   * what the validators say of them.
   */
  readonly judges?: true;
  /**
   * Kinds that look at what its files change: the facts of services, or where files lie. In one run
   * they see the project as it is with them. Left out: none.
   */
  readonly shapes?: (kind: ArtifactKind) => boolean;
  /**
   * Writes the files: pure, deterministic, offline. The first is the main file; those after it
   * belong to it (an ignore file beside its Dockerfile). A file that needs no change is written as
   * it is; none are written where those of another service hold what there is. Throws
   * `INVALID_INPUT` where the facts allow no file; the message says what to do.
   */
  write(
    project: ScanResult,
    service: Service | null,
    surroundings: Surroundings,
  ): readonly WrittenFile[];
  /**
   * What is still to be done to the files that `write` gave, where that would hold the thread: files
   * that have to be run to be understood. Rejects with `CANCELLED`.
   */
  settle?(
    project: ScanResult,
    made: readonly WrittenFile[],
    surroundings: Surroundings,
    signal: AbortSignal,
  ): Promise<readonly WrittenFile[]>;
};
