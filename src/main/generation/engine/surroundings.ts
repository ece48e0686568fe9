import type { Storage } from '#main/storage/storage.ts';
import type { Finding } from '#shared/artifact.ts';
import type { ScanResult } from '#shared/scan.ts';
import type { Target } from '#shared/target.ts';
import type { ProjectText, Surroundings } from '../blueprints/blueprint.ts';
import { checkFile } from '../check-file.ts';
import type { GenerationPorts, PlannedArtifact } from '../ports.ts';
import { secretFindings } from '../secret-findings.ts';
import { SiblingFiles } from '../sibling-files.ts';
import type { TextFile } from '../validation/validator.ts';
import { ProjectTexts, type ReadTexts } from './project-texts.ts';

/** What {@link surroundingsOf} stands on. */
export type SurroundingsContext = {
  readonly ports: GenerationPorts;
  readonly storage: Pick<Storage, 'checkpoints'>;
};

/** A run scans a project anew: its scan stands for the run. */
const shelves = new WeakMap<ScanResult, ProjectTexts>();

const noChanges: ReadonlyMap<string, string> = new Map();

/**
 * Reads what a blueprint asks to see of its project. `changes` are texts that count in place of what
 * is on disk, as an author's. Rejects with `CANCELLED`.
 */
export async function surroundingsOf(
  { ports, storage }: SurroundingsContext,
  project: ScanResult,
  { kind, service }: PlannedArtifact,
  target: Target,
  signal: AbortSignal,
  changes: ReadonlyMap<string, string> = noChanges,
): Promise<Surroundings> {
  const shelf = shelves.get(project) ?? new ProjectTexts(project, storage);
  shelves.set(project, shelf);
  const asked = ports.reads(kind, project, service, target);
  const follows = (texts: Surroundings['texts']) =>
    target.existing === 'replace' ? [] : ports.follows(kind, texts);
  const read = async (paths: readonly string[]) =>
    withChanges(await shelf.of(paths, signal), paths, changes);
  const { texts, left } = await readAll(asked, read, follows);
  if (!ports.judges(kind)) return { target, texts, left };
  const findings = new Map<string, readonly Finding[]>();
  const siblings = new SiblingFiles(project.root, signal, changes);
  for (const [path, { content }] of texts) {
    findings.set(path, await judgeText(ports, { path, content }, siblings, signal));
  }
  return { target, texts, findings, left };
}

/** Reads what is asked for, what that names, what these name … */
async function readAll(
  asked: readonly string[],
  read: (paths: readonly string[]) => Promise<ReadTexts>,
  follows: (texts: Surroundings['texts']) => readonly string[],
): Promise<ReadTexts> {
  const paths = new Set(asked);
  let found = await read(asked);
  for (let before = 0; before < paths.size && found.left.length === 0; ) {
    before = paths.size;
    for (const path of follows(found.texts)) paths.add(path);
    if (paths.size > before) found = await read([...paths]);
  }
  return found;
}

/** What was read, with changed texts in the places of those on disk. */
function withChanges(
  read: ReadTexts,
  paths: readonly string[],
  changes: ReadonlyMap<string, string>,
): ReadTexts {
  if (!paths.some((path) => changes.has(path))) return read;
  const texts = new Map<string, ProjectText>();
  for (const path of paths) {
    const changed = changes.get(path);
    const text = changed === undefined ? read.texts.get(path) : { content: changed, isOurs: false };
    if (text) texts.set(path, text);
  }
  return { ...read, texts };
}

/** The findings of a file that is there; of a format that nobody judges, the secrets in it alone. */
async function judgeText(
  ports: GenerationPorts,
  file: TextFile,
  siblings: SiblingFiles,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const format = ports.detectFormat(file.path, file.content);
  if (format === null) return secretFindings(file, []);
  return checkFile(ports, { ...file, siblings: await siblings.of(file.path, format) }, signal);
}
