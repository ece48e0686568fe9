import type { Storage } from '#main/storage/storage.ts';
import type { Finding } from '#shared/artifact.ts';
import type { ScanResult } from '#shared/scan.ts';
import type { Target } from '#shared/target.ts';
import type { Surroundings } from '../blueprints/blueprint.ts';
import { checkFile } from '../check-file.ts';
import type { GenerationPorts, PlannedArtifact } from '../ports.ts';
import { secretFindings } from '../secret-findings.ts';
import type { TextFile } from '../validation/validator.ts';
import { ProjectTexts, type ReadTexts } from './project-texts.ts';

/** What {@link surroundingsOf} stands on. */
export type SurroundingsContext = {
  readonly ports: GenerationPorts;
  readonly storage: Pick<Storage, 'checkpoints'>;
};

/** A run scans a project anew: its scan stands for the run. */
const shelves = new WeakMap<ScanResult, ProjectTexts>();

/** Reads what a blueprint asks to see of its project. Rejects with `CANCELLED`. */
export async function surroundingsOf(
  { ports, storage }: SurroundingsContext,
  project: ScanResult,
  { kind, service }: PlannedArtifact,
  target: Target,
  signal: AbortSignal,
): Promise<Surroundings> {
  const shelf = shelves.get(project) ?? new ProjectTexts(project, storage);
  shelves.set(project, shelf);
  const asked = ports.reads(kind, project, service, target);
  const follows = (texts: Surroundings['texts']) =>
    target.existing === 'replace' ? [] : ports.follows(kind, texts);
  const { texts, left } = await readAll(shelf, asked, follows, signal);
  if (!ports.judges(kind)) return { target, texts, left };
  const findings = new Map<string, readonly Finding[]>();
  for (const [path, { content }] of texts) {
    findings.set(path, await judgeText(ports, { path, content }, signal));
  }
  return { target, texts, findings, left };
}

/** Reads what is asked for, what that names, what these name … */
async function readAll(
  shelf: ProjectTexts,
  asked: readonly string[],
  follows: (texts: Surroundings['texts']) => readonly string[],
  signal: AbortSignal,
): Promise<ReadTexts> {
  const paths = new Set(asked);
  let read = await shelf.of(asked, signal);
  for (let before = 0; before < paths.size && read.left.length === 0; ) {
    before = paths.size;
    for (const path of follows(read.texts)) paths.add(path);
    if (paths.size > before) read = await shelf.of([...paths], signal);
  }
  return read;
}

/** The findings of a file that is there; of a format that nobody judges, the secrets in it alone. */
async function judgeText(
  ports: GenerationPorts,
  file: TextFile,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const isKnown = ports.detectFormat(file.path, file.content) !== null;
  return isKnown ? checkFile(ports, file, signal) : secretFindings(file, []);
}
