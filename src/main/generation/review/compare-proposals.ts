import type { ProposalText } from '#main/storage/proposal-store.ts';
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
  const roots = Map.groupBy(storage.proposals.texts(runId, root), (text) => text.root);
  for (const texts of roots.values()) {
    const { findings } = await checkAnywhere(comparedFiles(texts), signal);
    const byPath = Map.groupBy(findings, ({ path }) => path);
    const known = new Map(storage.proposals.summaries(runId).map((one) => [one.id, one]));
    const changed = texts.filter(({ id, path }) => {
      const own = byPath.get(path)?.map(({ finding }) => finding) ?? [];
      const before = known.get(id)?.findings.filter(isOfConsistency) ?? [];
      return JSON.stringify(own) !== JSON.stringify(before);
    });
    const jobIds = changed.flatMap(({ id }) => known.get(id)?.jobId ?? []);
    storage.transaction(() => {
      for (const seen of changed) {
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
    countAnew(context, runId, new Set(jobIds));
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
function comparedFiles(texts: readonly ProposalText[]): readonly ComparedFile[] {
  const labels = new Map<string, Set<string>>();
  for (const { service } of texts) {
    if (service === null) continue;
    const label = dnsLabel(service, 'service');
    labels.set(label, (labels.get(label) ?? new Set()).add(service));
  }
  return texts.map(({ path, content, service }) => {
    const label = service === null ? null : dnsLabel(service, 'service');
    const isOnly = label !== null && labels.get(label)?.size === 1;
    return { path, content, service: isOnly ? label : null };
  });
}
