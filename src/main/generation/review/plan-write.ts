import { access } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { sha256 } from '#main/core/hash.ts';
import { parentsBetween, resolveWithin } from '#main/core/resolve-within.ts';
import type { CheckpointFile } from '#main/storage/checkpoint-store.ts';
import type { StoredProposal } from '#main/storage/proposal-store.ts';
import { OmegaError } from '#shared/error.ts';
import type { ApplyOutcome } from '#shared/review.ts';
import type { Proposal } from '#shared/run.ts';
import type { ReviewContext } from './review-context.ts';

/** What is to be done with one proposal: its outcome already, or the file to write. */
export type WritePlan =
  | { readonly type: 'outcome'; readonly proposalId: string; readonly outcome: ApplyOutcome }
  | { readonly type: 'write'; readonly file: CheckpointFile };

/** Decides what comes of writing a proposal, by what is on disk now; writes nothing. */
export async function planWrite(
  context: ReviewContext,
  stored: StoredProposal,
  overwrite: boolean,
): Promise<WritePlan> {
  const { proposal } = stored;
  const done = (status: ApplyOutcome['status'], reason: string | null): WritePlan => ({
    type: 'outcome',
    proposalId: proposal.id,
    outcome: { path: proposal.path, status, code: null, reason },
  });
  try {
    if (proposal.state === 'rejected') return done('skipped', 'It was rejected.');
    const file = await readPlan(context, stored);
    if (file.beforeHash === file.afterHash) return done('unchanged', null);
    requireNoErrors(stored.proposal, { ownPlace: true });
    const last = context.storage.checkpoints.lastWritten(proposal.root, proposal.path);
    requireAsProposed(stored, file, last);
    if (file.beforeHash !== null && file.beforeHash !== last?.hash && !overwrite) {
      const reason = 'The file there was not written by Omega; allow overwriting to replace it.';
      const outcome = { path: proposal.path, status: 'skipped', code: 'REFUSED', reason } as const;
      return { type: 'outcome', proposalId: proposal.id, outcome };
    }
    return { type: 'write', file };
  } catch (error) {
    if (!(error instanceof OmegaError)) throw error;
    return { type: 'outcome', proposalId: proposal.id, outcome: refusal(proposal.path, error) };
  }
}

/** The outcome of a file that may not be written. */
export function refusal(path: string, error: OmegaError): ApplyOutcome {
  return { path, status: 'refused', code: error.code, reason: error.message };
}

async function readPlan({ files }: ReviewContext, stored: StoredProposal): Promise<CheckpointFile> {
  const { proposal } = stored;
  const target = await resolveWithin(proposal.root, proposal.path);
  const there = await files.read(target);
  await files.requireWritable(target, there);
  const after = Buffer.from(proposal.content, 'utf8');
  return {
    path: proposal.path,
    proposalId: proposal.id,
    before: there?.bytes ?? null,
    beforeHash: there ? sha256(there.bytes) : null,
    after,
    afterHash: sha256(after),
    mode: there ? there.mode & 0o7777 : null,
    madeFolders: await missingFolders(proposal.root, target),
    provenance: proposal.provenance,
  };
}

/** The rule of findings that speak of what stands in a file's place, not of the file. */
export const targetRule = 'omega/target';

/**
 * A generated file that its own validation condemns is not written; a person's edit is theirs.
 * Away from its own place (`ownPlace` off) what stands there does not count. Throws `REFUSED`.
 */
export function requireNoErrors(
  { path, provenance, findings }: Proposal,
  { ownPlace }: { readonly ownPlace: boolean },
): void {
  if (provenance.origin.type === 'edit') return;
  const error = findings.find(
    ({ severity, rule }) => severity === 'error' && (ownPlace || rule !== targetRule),
  );
  if (!error) return;
  throw new OmegaError(
    'REFUSED',
    `"${path}" has an error-level finding (${error.rule}, line ${error.line}: ${error.message}); edit the proposal and apply again.`,
  );
}

/** The user decided on a difference to what was there; something else there is another difference. */
function requireAsProposed(
  { proposal, baseHash }: StoredProposal,
  file: CheckpointFile,
  last: { readonly hash: string; readonly proposalId: string } | null,
): void {
  const ownWrite = last?.proposalId === proposal.id && last.hash === file.beforeHash;
  if (file.beforeHash === baseHash || ownWrite) return;
  throw new OmegaError(
    'CONFLICT',
    `"${proposal.path}" changed on disk since it was proposed; run again to see the new difference.`,
  );
}

/** The folders, relative to the root, that must be made before the target can be written. */
export async function missingFolders(root: string, target: string): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const folder of parentsBetween(root, target)) {
    const there = await access(folder).then(
      () => true,
      () => false,
    );
    if (!there) missing.push(relative(root, folder).split(sep).join('/'));
  }
  return missing;
}
