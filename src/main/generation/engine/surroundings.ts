import { throwIfCancelled } from '#main/core/abort.ts';
import { sha256 } from '#main/core/hash.ts';
import { readBounded } from '#main/core/read-bounded.ts';
import { resolveWithin } from '#main/core/resolve-within.ts';
import type { Storage } from '#main/storage/storage.ts';
import type { Finding } from '#shared/artifact.ts';
import { OmegaError } from '#shared/error.ts';
import type { ScanResult } from '#shared/scan.ts';
import type { Target } from '#shared/target.ts';
import type { ProjectText, Surroundings } from '../blueprints/blueprint.ts';
import { checkFile } from '../check-file.ts';
import type { GenerationPorts, PlannedArtifact } from '../ports.ts';
import { secretFindings } from '../secret-findings.ts';
import { SiblingFiles } from '../sibling-files.ts';
import type { TextFile } from '../validation/validator.ts';

const maxTexts = 200;
const maxBytes = 1_000_000;

/** What {@link surroundingsOf} stands on. */
export type SurroundingsContext = {
  readonly ports: GenerationPorts;
  readonly storage: Pick<Storage, 'checkpoints'>;
};

const noChanges: ReadonlyMap<string, string> = new Map();

/**
 * Reads what a blueprint asks to see of its project. Links, huge files and what is no UTF-8 are left
 * out: the review says why they cannot be written either. `changes` are texts that count in place of
 * what is on disk, as an author's. Rejects with `CANCELLED`.
 */
export async function surroundingsOf(
  { ports, storage }: SurroundingsContext,
  project: ScanResult,
  { kind, service }: PlannedArtifact,
  target: Target,
  signal: AbortSignal,
  changes: ReadonlyMap<string, string> = noChanges,
): Promise<Surroundings> {
  const paths = new Set(ports.reads(kind, project, service, target));
  const texts = new Map<string, ProjectText>();
  for (const path of [...paths].slice(0, maxTexts)) {
    throwIfCancelled(signal);
    const changed = changes.get(path);
    if (changed !== undefined) {
      texts.set(path, { content: changed, isOurs: false });
      continue;
    }
    const bytes = await bytesOf(project.root, path);
    const content = bytes === null ? null : decode(bytes);
    if (bytes === null || content === null) continue;
    const written = storage.checkpoints.lastWritten(project.root, path);
    // What was an author's before stays theirs after it was improved.
    const isOurs = written?.hash === sha256(bytes) && written.improves === 0;
    texts.set(path, { content, isOurs });
  }
  if (!ports.judges(kind)) return { target, texts };
  const findings = new Map<string, readonly Finding[]>();
  const siblings = new SiblingFiles(project.root, signal, changes);
  for (const [path, { content }] of texts) {
    findings.set(path, await judgeText(ports, { path, content }, siblings, signal));
  }
  return { target, texts, findings };
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

/** The text of a project's file; null where there is none that can be read. */
export async function textOf(root: string, path: string): Promise<string | null> {
  const bytes = await bytesOf(root, path);
  return bytes === null ? null : decode(bytes);
}

async function bytesOf(root: string, path: string): Promise<Buffer | null> {
  try {
    const state = await readBounded(await resolveWithin(root, path), maxBytes);
    return state?.bytes ?? null;
  } catch (error) {
    if (error instanceof OmegaError) return null;
    throw error;
  }
}

function decode(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
