import type { StoredProposal } from '#main/storage/proposal-store.ts';
import type { Severity } from '#shared/artifact.ts';
import { dnsLabel } from '../blueprints/names.ts';
import { checkAnywhere } from '../consistency/check-anywhere.ts';
import type { ComparedFile } from '../consistency/claim.ts';
import { isOfConsistency } from '../consistency/rules.ts';
import type { ReviewContext } from './review-context.ts';

type CompareContext = Pick<ReviewContext, 'storage' | 'emit'>;

/**
 * Compares the proposed files of each project of a run with each other, and keeps with each what it
 * contradicts; with `root` only those of that project. Findings of an earlier comparison give way.
 * Rejects with `CANCELLED`.
 */
export async function compareProposals(
  context: CompareContext,
  runId: string,
  signal: AbortSignal,
  root: string | null = null,
): Promise<void> {
  const { storage, emit } = context;
  const roots = Map.groupBy(storage.proposals.list(runId), ({ proposal }) => proposal.root);
  for (const [of, proposals] of roots) {
    if (root !== null && of !== root) continue;
    const { findings } = await checkAnywhere(comparedFiles(proposals), signal);
    const byPath = Map.groupBy(findings, ({ path }) => path);
    const changed = proposals.filter(({ proposal }) => {
      const own = byPath.get(proposal.path)?.map(({ finding }) => finding) ?? [];
      const before = proposal.findings.filter(isOfConsistency);
      return JSON.stringify(own) !== JSON.stringify(before);
    });
    storage.transaction(() => {
      for (const { proposal: seen } of changed) {
        // It may have been edited or decided on meanwhile; an edit is compared by itself.
        const stored = storage.proposals.get(seen.id);
        if (!stored || stored.proposal.content !== seen.content) continue;
        const own = byPath.get(seen.path)?.map(({ finding }) => finding) ?? [];
        const kept = stored.proposal.findings.filter((one) => !isOfConsistency(one));
        const proposal = { ...stored.proposal, findings: [...kept, ...own] };
        storage.proposals.save({ ...stored, proposal });
      }
    });
    if (changed.length === 0) continue;
    countAnew(context, runId, new Set(changed.map(({ proposal }) => proposal.jobId)));
    emit({ type: 'proposal.updated', runId });
  }
}

/** A job says how many findings its files have. */
function countAnew(
  { storage, emit }: CompareContext,
  runId: string,
  jobIds: ReadonlySet<string>,
): void {
  const byJob = Map.groupBy(storage.proposals.summaries(runId), ({ jobId }) => jobId);
  for (const job of storage.jobs.list(runId)) {
    if (!jobIds.has(job.id)) continue;
    const findings = (byJob.get(job.id) ?? []).flatMap((proposal) => proposal.findings);
    const count = (severity: Severity) =>
      findings.filter((finding) => finding.severity === severity).length;
    const counted = { ...job, errors: count('error'), warnings: count('warning') };
    storage.jobs.save(counted);
    emit({ type: 'job.updated', job: counted });
  }
}

/** Services whose names make the same label are told apart by Compose alone. */
function comparedFiles(proposals: readonly StoredProposal[]): readonly ComparedFile[] {
  const labels = new Map<string, Set<string>>();
  for (const { proposal } of proposals) {
    if (proposal.service === null) continue;
    const label = dnsLabel(proposal.service, 'service');
    labels.set(label, (labels.get(label) ?? new Set()).add(proposal.service));
  }
  return proposals.map(({ proposal: { path, content, service } }) => {
    const label = service === null ? null : dnsLabel(service, 'service');
    const isOnly = label !== null && labels.get(label)?.size === 1;
    return { path, content, service: isOnly ? label : null };
  });
}
