import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { namesOf } from '#main/generation/blueprints/names.ts';
import { checkFile } from '#main/generation/check-file.ts';
import { checkConsistency } from '#main/generation/consistency/check-consistency.ts';
import { planProject } from '#main/generation/engine/plan-project.ts';
import { sightOf } from '#main/generation/engine/sight.ts';
import { offlinePorts as ports } from '#main/generation/offline-ports.ts';
import { type Artifact, type ArtifactKind, artifactKinds } from '#shared/artifact.ts';
import { OmegaError } from '#shared/error.ts';
import { defaultTarget, type Target } from '#shared/target.ts';

const { signal } = new AbortController();

/** A file as it was made, for which service. */
export type Made = Artifact & { readonly service: string | null };

/** What one pass over a project gave. */
export type Pass = {
  readonly services: number;
  readonly languages: readonly string[];
  readonly files: readonly Made[];
  /** `path: rule: message` of error-level findings. */
  readonly errors: readonly string[];
  /** Kinds that refused with a reason, of all that were planned. */
  readonly refused: readonly string[];
  readonly contradictions: readonly string[];
  readonly compared: number;
  /** Time of each file, made and validated, in ms. */
  readonly fileMs: readonly number[];
};

/** Generates and validates every kind for a project, as a run of the blueprints does. */
export async function catalogueOf(
  root: string,
  target: Target = defaultTarget,
  kinds: readonly ArtifactKind[] = artifactKinds,
): Promise<Pass> {
  const project = await ports.scan(root, { signal });
  const storage = { checkpoints: { lastWritten: () => null } } as never;
  const files: Made[] = [];
  const errors: string[] = [];
  const refused: string[] = [];
  const fileMs: number[] = [];
  const planned = await planProject({ ports, storage }, project, { kinds, target }, signal);
  for (const work of planned) {
    const { kind, service } = work.artifact;
    const sight = await sightOf({ ports, storage }, work, signal);
    const start = performance.now();
    let made: readonly Artifact[];
    try {
      made = ports.generate(kind, sight.project, sight.service, sight.around);
    } catch (error) {
      if (!(error instanceof OmegaError) || error.code !== 'INVALID_INPUT') throw error;
      refused.push(`${kind} ${service?.name ?? ''}: ${error.message}`);
      continue;
    }
    const each = (performance.now() - start) / Math.max(1, made.length);
    const label = service ? namesOf(project, service).label : null;
    for (const file of made) {
      const began = performance.now();
      const findings = await checkFile(ports, { ...file, siblings: made }, signal);
      fileMs.push(each + performance.now() - began);
      files.push({ ...file, service: label });
      for (const { severity, rule, line, message } of findings) {
        if (severity === 'error') errors.push(`${file.path}:${line} ${rule}: ${message}`);
      }
    }
  }
  const services = planned.flatMap(({ artifact }) => artifact.service ?? []);
  const { compared, findings } = checkConsistency(files);
  return {
    services: new Set(services.map(({ name }) => name)).size,
    languages: [...new Set(services.map(({ language }) => language))],
    files,
    errors,
    refused,
    contradictions: findings.map(({ path, finding }) => `${path}: ${finding.message}`),
    compared,
    fileMs,
  };
}

/**
 * Paths that a second run would change after the first was written into a copy of the project, as
 * files of the author's: whoever writes them, the blueprints must have nothing to add.
 */
export async function changedByItself(
  root: string,
  first: Pass,
  target: Target = defaultTarget,
): Promise<readonly string[]> {
  const copy = mkdtempSync(join(tmpdir(), 'omega-catalogue-'));
  try {
    const name = join(copy, root.split('/').at(-1) ?? 'project');
    cpSync(root, name, { recursive: true, verbatimSymlinks: true });
    for (const { path, content } of first.files) {
      mkdirSync(dirname(join(name, path)), { recursive: true });
      writeFileSync(join(name, path), content);
    }
    const second = await catalogueOf(name, target);
    const before = new Map(first.files.map(({ path, content }) => [path, content]));
    return second.files
      .filter(({ path, content }) => before.get(path) !== content)
      .map(({ path }) => path);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
