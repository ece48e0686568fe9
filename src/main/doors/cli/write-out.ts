import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { throwIfCancelled } from '#main/core/abort.ts';
import { fileError } from '#main/core/file-error.ts';
import { resolveWithin } from '#main/core/resolve-within.ts';
import { diskFiles, stagedPath } from '#main/generation/review/project-files.ts';
import type { ApplyOutcome, ApplyReport } from '#shared/contract.ts';
import { OmegaError } from '#shared/error.ts';
import type { Proposal } from '#shared/run.ts';

type Options = { readonly overwrite: boolean; readonly dryRun: boolean };

/**
 * Writes proposals to a folder of their own, `out`; where there are several projects, each gets a
 * folder in it. Each file is whole or not there. Files that differ are kept unless `overwrite`.
 * Nothing of it is a checkpoint: the projects are not touched.
 */
export async function writeOut(
  out: string,
  proposals: readonly Proposal[],
  options: Options,
  signal: AbortSignal,
): Promise<readonly ApplyReport[]> {
  if (!options.dryRun) await makeFolder(out);
  const byRoot = Map.groupBy(proposals, ({ root }) => root);
  const names = new Map<string, number>();
  const reports: ApplyReport[] = [];
  for (const [root, files] of byRoot) {
    const name = basename(root) || 'root';
    const seen = names.get(name) ?? 0;
    names.set(name, seen + 1);
    const prefix = byRoot.size === 1 ? '' : `${seen === 0 ? name : `${name}-${seen + 1}`}/`;
    const outcomes: ApplyOutcome[] = [];
    for (const proposal of files) {
      throwIfCancelled(signal);
      outcomes.push(await writeOne(out, `${prefix}${proposal.path}`, proposal, options));
    }
    reports.push({ checkpointId: null, root: out, outcomes });
  }
  return reports;
}

async function writeOne(
  out: string,
  path: string,
  proposal: Proposal,
  { overwrite, dryRun }: Options,
): Promise<ApplyOutcome> {
  const outcome = (status: ApplyOutcome['status']): ApplyOutcome => ({
    path,
    status,
    code: null,
    reason: null,
  });
  try {
    if (proposal.state === 'rejected') return { ...outcome('skipped'), reason: 'It was rejected.' };
    if (dryRun) return outcome('written');
    const target = await resolveWithin(out, path);
    const there = await diskFiles.read(target);
    if (there?.bytes.equals(Buffer.from(proposal.content))) return outcome('unchanged');
    if (there && !overwrite) {
      const reason = 'A different file is there; use --overwrite to replace it.';
      return { ...outcome('skipped'), code: 'REFUSED', reason };
    }
    await makeFolder(dirname(target));
    const temp = stagedPath(target, randomUUID());
    await diskFiles.stage(temp, Buffer.from(proposal.content), there);
    await diskFiles.swap(temp, target);
    await diskFiles.sync(dirname(target));
    return outcome('written');
  } catch (error) {
    if (!(error instanceof OmegaError) || error.code === 'NO_SPACE') throw error;
    return { ...outcome('refused'), code: error.code, reason: error.message };
  }
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw fileError(error, folder, 'write');
  });
}
