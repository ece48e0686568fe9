import { throwIfCancelled } from '#main/core/abort.ts';
import type { ArtifactKind } from '#shared/artifact.ts';
import type { ScanResult } from '#shared/scan.ts';
import type { Target } from '#shared/target.ts';
import type { MeasuredUsage } from '#shared/usage.ts';
import type { PlannedArtifact } from '../ports.ts';
import { withUsage } from '../sizing/with-usage.ts';
import { newFiles } from './blueprint-files.ts';
import type { SurroundingsContext } from './surroundings.ts';

/** An artifact to make, with what its blueprint goes by beside the files on disk. */
export type PlannedWork = {
  /** The project as it was scanned; the artifact's service is one of its. */
  readonly project: ScanResult;
  readonly artifact: PlannedArtifact;
  readonly target: Target;
  /**
   * The project as the blueprint sees it: as the scan would find it once those files of the run are
   * written that change its facts.
   */
  readonly view: ScanResult;
  /** Names of services whose facts differ in the view; none where it is what was scanned. */
  readonly supposed: readonly string[];
  /** The run's other work, where the blueprint tells of all files; else none. */
  readonly beside: readonly PlannedWork[];
};

/** What is asked for of a project. */
export type Asked = {
  readonly kinds: readonly ArtifactKind[];
  readonly services?: readonly string[] | undefined;
  readonly usage?: MeasuredUsage | undefined;
  readonly target: Target;
};

/**
 * Plans what is asked for. Files that other kinds look at (telemetry changes the facts of services,
 * an overlay is what pipelines apply) are made once here, and the project is scanned as it will be
 * with them, so that the others agree with them already; where they are refused, or there already,
 * nothing differs. Rejects with `CANCELLED`.
 */
export async function planProject(
  context: SurroundingsContext,
  project: ScanResult,
  { kinds, services, usage, target }: Asked,
  signal: AbortSignal,
): Promise<readonly PlannedWork[]> {
  const { ports } = context;
  const planned = ports.plan(project, kinds, services);
  const views = new Map<ArtifactKind, ScanResult>();
  const changes = new Map<string, string>();
  const supposed = new Set<string>();
  const toWork = (artifact: PlannedArtifact): PlannedWork => {
    const view = views.get(artifact.kind) ?? project;
    const counted = view === project ? [] : [...supposed];
    return { project, artifact, target, view, supposed: counted, beside: [] };
  };
  for (const [kind, shaped] of shapingKinds(ports, kinds)) {
    const before = changes.size;
    for (const artifact of planned.filter((one) => one.kind === kind)) {
      for (const { path, content } of await newFiles(context, toWork(artifact), signal)) {
        changes.set(path, content);
        if (artifact.service) supposed.add(artifact.service.name);
      }
    }
    throwIfCancelled(signal);
    if (changes.size === before) continue;
    const view = withUsage(await ports.scan(project.root, { signal, changes }), usage);
    for (const one of shaped) views.set(one, view);
  }
  const works = planned.map(toWork);
  const others = works.filter(({ artifact }) => !ports.judges(artifact.kind));
  return works.map((work) =>
    ports.judges(work.artifact.kind) ? { ...work, beside: others } : work,
  );
}

/** Of the kinds, those that others of them look at, with these; first those that most do, themselves among them. */
function shapingKinds(
  ports: SurroundingsContext['ports'],
  kinds: readonly ArtifactKind[],
): readonly (readonly [ArtifactKind, readonly ArtifactKind[]])[] {
  return [...new Set(kinds)]
    .map((kind) => [kind, ports.shapes(kind).filter((one) => kinds.includes(one))] as const)
    .filter(([, shaped]) => shaped.length > 0)
    .sort(([one, a], [other, b]) => b.length - a.length || (one < other ? -1 : 1));
}
