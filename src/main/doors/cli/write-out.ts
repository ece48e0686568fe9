import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { throwIfCancelled } from '#main/core/abort.ts';
import { fileError } from '#main/core/file-error.ts';
import { sha256 } from '#main/core/hash.ts';
import { resolveWithin } from '#main/core/resolve-within.ts';
import { changeFiles, type FileChange } from '#main/generation/review/change-files.ts';
import { missingFolders, refusal, requireNoErrors } from '#main/generation/review/plan-write.ts';
import { diskFiles, stagedPath } from '#main/generation/review/project-files.ts';
import { removeMadeFolders } from '#main/generation/review/roll-back.ts';
import { OmegaError } from '#shared/error.ts';
import type { ApplyOutcome, ApplyReport } from '#shared/review.ts';
import type { Proposal } from '#shared/run.ts';

type Options = { readonly overwrite: boolean; readonly dryRun: boolean };
type Plan = { readonly root: string; readonly step: ApplyOutcome | FileChange };

/**
 * Writes proposals to a folder of their own, `out`; where there are several projects, each gets a
 * folder in it. Files that differ are kept unless `overwrite`; one with an error-level finding is
 * refused. Nothing of it is a checkpoint: the projects are not touched. A full disk (`NO_SPACE`) and
 * a cancellation (`CANCELLED`) leave the folder as it was.
 */
export async function writeOut(
  out: string,
  proposals: readonly Proposal[],
  options: Options,
  signal: AbortSignal,
): Promise<readonly ApplyReport[]> {
  if (!options.dryRun) await makeFolder(out);
  const id = randomUUID();
  const folders = foldersOf(new Set(proposals.map(({ root }) => root)));
  const plans: Plan[] = [];
  for (const proposal of proposals) {
    throwIfCancelled(signal);
    const path = `${folders.get(proposal.root) ?? ''}${proposal.path}`;
    plans.push({ root: proposal.root, step: await plan(out, id, path, proposal, options) });
  }
  const changes = plans.flatMap(({ step }) => ('to' in step ? [step] : []));
  const failed = options.dryRun ? new Map() : await change(out, changes, signal);
  const outcomes = plans.map(({ root, step }) => {
    if (!('to' in step)) return { root, outcome: step };
    const error = failed.get(step);
    return { root, outcome: error ? refusal(step.path, error) : done(step.path, 'written') };
  });
  return [...Map.groupBy(outcomes, ({ root }) => root).values()].map((group) => ({
    checkpointId: null,
    root: out,
    outcomes: group.map(({ outcome }) => outcome),
  }));
}

/** The folder of each project in `out`, with its slash; projects of one name are numbered. */
function foldersOf(roots: ReadonlySet<string>): ReadonlyMap<string, string> {
  if (roots.size === 1) return new Map();
  const names = new Map<string, number>();
  const folders = new Map<string, string>();
  for (const root of roots) {
    const name = basename(root) || 'root';
    const count = (names.get(name) ?? 0) + 1;
    names.set(name, count);
    folders.set(root, count === 1 ? `${name}/` : `${name}-${count}/`);
  }
  return folders;
}

async function plan(
  out: string,
  checkpointId: string,
  path: string,
  proposal: Proposal,
  { overwrite, dryRun }: Options,
): Promise<ApplyOutcome | FileChange> {
  try {
    if (proposal.state === 'rejected')
      return { ...done(path, 'skipped'), reason: 'It was rejected.' };
    requireNoErrors(proposal, { ownPlace: false });
    const there = await read(out, path, dryRun);
    const to = Buffer.from(proposal.content);
    if (there?.equals(to)) return done(path, 'unchanged');
    if (there && !overwrite) {
      const reason = 'A different file is there; use --overwrite to replace it.';
      return { ...done(path, 'skipped'), code: 'REFUSED', reason };
    }
    const madeFolders = dryRun ? [] : await missingFolders(out, join(out, path));
    const from = there ? sha256(there) : null;
    return { root: out, checkpointId, path, from, to, mode: null, madeFolders };
  } catch (error) {
    if (error instanceof OmegaError) return refusal(path, error);
    throw error;
  }
}

async function read(out: string, path: string, dryRun: boolean): Promise<Buffer | null> {
  try {
    return (await diskFiles.read(await resolveWithin(out, path)))?.bytes ?? null;
  } catch (error) {
    // A dry run has not made the folder.
    if (dryRun && error instanceof OmegaError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

async function change(out: string, changes: readonly FileChange[], signal: AbortSignal) {
  try {
    return await changeFiles(diskFiles, changes, signal);
  } catch (error) {
    for (const { path, checkpointId } of changes) {
      await diskFiles.remove(stagedPath(join(out, path), checkpointId)).catch(() => undefined);
    }
    for (const each of changes.toReversed()) await removeMadeFolders(diskFiles, out, each);
    throw error;
  }
}

function done(path: string, status: ApplyOutcome['status']): ApplyOutcome {
  return { path, status, code: null, reason: null };
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw fileError(error, folder, 'write');
  });
}
