import type { ArtifactKind, Finding } from '#shared/artifact.ts';
import type { ScanResult, Service } from '#shared/scan.ts';
import type { Target } from '#shared/target.ts';
import type { Surroundings, WrittenFile } from './blueprints/blueprint.ts';
import type { FileToValidate } from './validation/judge.ts';
import type { FileFormat } from './validation/validator.ts';

/** One artifact to make; `service` is null for a file of the whole project. */
export type PlannedArtifact = { readonly service: Service | null; readonly kind: ArtifactKind };

/** What the run engine and the review stand on: scan, blueprints and validation. */
export type GenerationPorts = {
  /** Names what makes the artifacts, for provenance. */
  readonly blueprintVersion: string;
  scan(
    root: string,
    options: {
      readonly signal: AbortSignal;
      readonly onProgress?: (files: number) => void;
      /** Texts of files as they are to be, by path, in place of what is on disk. */
      readonly changes?: ReadonlyMap<string, string>;
    },
  ): Promise<ScanResult>;
  /** The artifacts that a project needs; `services` restricts it to those names. */
  plan(
    project: ScanResult,
    kinds: readonly ArtifactKind[],
    services?: readonly string[],
  ): readonly PlannedArtifact[];
  /** Paths of the project's files that the kind's blueprint improves or patches. */
  reads(
    kind: ArtifactKind,
    project: ScanResult,
    service: Service | null,
    target: Target,
  ): readonly string[];
  /** Paths that the texts read so far name, and that the blueprint is to be given too. */
  follows(kind: ArtifactKind, texts: Surroundings['texts']): readonly string[];
  /** Whether the blueprint tells of the project's files: it is given their findings, and those of the run. */
  judges(kind: ArtifactKind): boolean;
  /** Kinds that look at what the blueprint's files change: facts of services, or where files lie. */
  shapes(kind: ArtifactKind): readonly ArtifactKind[];
  generate(
    kind: ArtifactKind,
    project: ScanResult,
    service: Service | null,
    surroundings: Surroundings,
    signal: AbortSignal,
  ): Promise<readonly WrittenFile[]>;
  detectFormat(path: string, content: string): FileFormat | null;
  validate(file: FileToValidate, signal: AbortSignal): Promise<readonly Finding[]>;
};
