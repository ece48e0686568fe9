import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sha256 } from '#main/core/hash.ts';
import { isImproved } from '#main/generation/blueprints/blueprint.ts';
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

/** A file as it was made, for which service, and whether it is an author's that was improved. */
export type Made = Artifact & { readonly service: string | null; readonly improves: boolean };

/** What Omega wrote, as its checkpoints know it: none of what an author wrote. */
type Written = ReadonlyMap<string, { readonly hash: string; readonly improves: number }>;

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
  written: Written = new Map(),
): Promise<Pass> {
  const project = await ports.scan(root, { signal });
  const lastWritten = (_root: string, path: string) => written.get(path) ?? null;
  const storage = { checkpoints: { lastWritten } } as never;
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
      made = await ports.generate(kind, sight.project, sight.service, sight.around, signal);
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
      files.push({ ...file, service: label, improves: isImproved(sight.around, file.path) });
      for (const { severity, rule, line, message } of findings) {
        if (severity === 'error') errors.push(`${file.path}:${line} ${rule}: ${message}`);
      }
    }
  }
  const services = planned.flatMap(({ artifact }) => artifact.service ?? []);
  const { compared, findings } = await checkConsistency(files);
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
 * Paths that a second run would change after the first was written into a copy of the project, known
 * as Omega's own, or as files of an author's: whoever writes them, the blueprints must have nothing to
 * add.
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
    const before = new Map(first.files.map(({ path, content }) => [path, content]));
    const own = new Map(
      first.files.map(({ path, content, improves }) => [
        path,
        { hash: sha256(content), improves: improves ? 1 : 0 },
      ]),
    );
    const changed = new Set<string>();
    for (const written of [own, new Map() satisfies Written]) {
      const second = await catalogueOf(name, target, artifactKinds, written);
      for (const { path, content } of second.files) {
        if (before.get(path) !== content) changed.add(path);
      }
    }
    return [...changed];
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
