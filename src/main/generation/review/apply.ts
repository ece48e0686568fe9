import { throwIfCancelled } from '#main/core/abort.ts';
import type { CheckpointFile } from '#main/storage/checkpoint-store.ts';
import type { StoredProposal } from '#main/storage/proposal-store.ts';
import type { ParsedInput } from '#shared/contract.ts';
import type { ApplyOutcome, ApplyReport } from '#shared/review.ts';
import { changeFiles, type FileChange } from './change-files.ts';
import { planWrite, refusal, type WritePlan } from './plan-write.ts';
import { notFound } from './proposals.ts';
import { recover } from './recover.ts';
import type { ReviewContext } from './review-context.ts';
import {
  beginWrite,
  type CheckpointDraft,
  clearFolders,
  commitWrite,
  undoWrite,
} from './write-journal.ts';

type ProjectPlan = {
  readonly root: string;
  readonly plans: readonly WritePlan[];
  readonly draft: CheckpointDraft | null;
};

/**
 * Writes proposals to their projects: those named (unless rejected; naming an open one accepts it),
 * or every accepted one. Each file has its own outcome. A full disk (`NO_SPACE`), a cancellation
 * (`CANCELLED`) or a crash undoes the whole write, over all projects. A dry run says the same and
 * writes nothing.
 */
export async function apply(
  context: ReviewContext,
  request: ParsedInput<'proposal.apply'>,
  signal: AbortSignal,
): Promise<readonly ApplyReport[]> {
  if (!request.dryRun) await recover(context);
  const projects = await planProjects(context, request, signal);
  const drafts = projects.flatMap(({ draft }) => (draft ? [draft] : []));
  if (request.dryRun || drafts.length === 0) return projects.map((project) => report(project));
  beginWrite(context, drafts);
  const failed = new Map<CheckpointFile, ApplyOutcome>();
  try {
    const changes = new Map(
      drafts.flatMap((draft) => draft.files.map((file) => [toChange(draft, file), file] as const)),
    );
    for (const [change, error] of await changeFiles(context.files, [...changes.keys()], signal)) {
      const file = changes.get(change);
      if (file) failed.set(file, refusal(file.path, error));
    }
    await clearFolders(context, drafts, failed);
    commitWrite(context, drafts, failed);
  } catch (error) {
    await undoWrite(context, drafts);
    throw error;
  }
  context.emit({ type: 'proposal.updated', runId: request.runId });
  return projects.map((project) => report(project, failed));
}

async function planProjects(
  context: ReviewContext,
  request: ParsedInput<'proposal.apply'>,
  signal: AbortSignal,
): Promise<readonly ProjectPlan[]> {
  const { clock } = context;
  const byRoot = Map.groupBy(selected(context, request), ({ proposal }) => proposal.root);
  const projects: ProjectPlan[] = [];
  for (const [root, proposals] of byRoot) {
    const plans: WritePlan[] = [];
    for (const stored of proposals) {
      throwIfCancelled(signal);
      plans.push(await planWrite(context, stored, request.overwrite));
    }
    const unique = refuseDoubles(plans);
    const files = unique.flatMap((plan) => (plan.type === 'write' ? [plan.file] : []));
    const head = {
      id: clock.id(),
      root,
      runId: request.runId,
      createdAt: clock.now(),
      undoneAt: null,
    };
    projects.push({ root, plans: unique, draft: files.length > 0 ? { head, files } : null });
  }
  throwIfCancelled(signal);
  return projects;
}

function selected(
  { storage }: ReviewContext,
  { runId, ids }: ParsedInput<'proposal.apply'>,
): readonly StoredProposal[] {
  if (!storage.runs.get(runId)) throw notFound('run', runId);
  const all = storage.proposals.list(runId);
  if (!ids) return all.filter(({ proposal }) => proposal.state === 'accepted');
  const byId = new Map(all.map((stored) => [stored.proposal.id, stored]));
  return [...new Set(ids)].map((id) => {
    const stored = byId.get(id);
    if (!stored) throw notFound('proposal', id);
    return stored;
  });
}

/** Two proposals of one path cannot both be written; the first wins, the second says so. */
function refuseDoubles(plans: readonly WritePlan[]): readonly WritePlan[] {
  const seen = new Set<string>();
  return plans.map((plan): WritePlan => {
    if (plan.type === 'outcome') return plan;
    const { path, proposalId } = plan.file;
    if (!seen.has(path)) {
      seen.add(path);
      return plan;
    }
    const reason = 'Another proposal of this run writes the same file; reject one of them.';
    const outcome = { path, status: 'refused', code: 'CONFLICT', reason } as const;
    return { type: 'outcome', proposalId, outcome };
  });
}

function toChange({ head }: CheckpointDraft, file: CheckpointFile): FileChange {
  return {
    root: head.root,
    checkpointId: head.id,
    path: file.path,
    from: file.beforeHash,
    to: file.after,
    mode: null,
    madeFolders: file.madeFolders,
  };
}

function report(
  { root, plans, draft }: ProjectPlan,
  failed?: ReadonlyMap<CheckpointFile, ApplyOutcome>,
): ApplyReport {
  const outcomes = plans.map((plan): ApplyOutcome => {
    if (plan.type === 'outcome') return plan.outcome;
    const written = { path: plan.file.path, status: 'written', code: null, reason: null } as const;
    return failed?.get(plan.file) ?? written;
  });
  const wrote = failed !== undefined && draft?.files.some((file) => !failed.has(file));
  return { checkpointId: wrote ? (draft?.head.id ?? null) : null, root, outcomes };
}
