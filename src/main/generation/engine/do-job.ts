import { throwIfCancelled } from '#main/core/abort.ts';
import { sha256 } from '#main/core/hash.ts';
import type { StoredProposal } from '#main/storage/proposal-store.ts';
import type { Finding, Provenance } from '#shared/artifact.ts';
import { ruleUrl } from '#shared/rules.ts';
import { checkFile } from '../check-file.ts';
import { propose } from '../review/propose.ts';
import type { ReviewContext } from '../review/review-context.ts';
import type { JobCount } from './job-queue.ts';
import type { PlannedJob } from './plan-jobs.ts';

/** Does one job: generates its files, validates each, and keeps them as proposals, all or none. */
export async function doJob(
  context: ReviewContext,
  planned: PlannedJob,
  signal: AbortSignal,
): Promise<JobCount> {
  const { ports, storage, clock, files, emit } = context;
  const { job, project, artifact: wanted } = planned;
  const provenance: Provenance = {
    origin: { type: 'blueprint', version: ports.blueprintVersion },
    inputsHash: inputsHash(ports.blueprintVersion, planned),
    createdAt: clock.now(),
  };
  const proposals: StoredProposal[] = [];
  for (const artifact of ports.generate(wanted.kind, project, wanted.service)) {
    throwIfCancelled(signal);
    const checked = await checkFile(ports, artifact, signal);
    const findings = proposals.length === 0 ? [...doubts(planned), ...checked] : checked;
    const source = { id: clock.id(), job, artifact, findings, provenance };
    proposals.push(await propose(files, source));
  }
  throwIfCancelled(signal);
  storage.transaction(() => {
    for (const proposal of proposals) storage.proposals.save(proposal);
  });
  emit({ type: 'proposal.updated', runId: job.runId });
  const findings = proposals.flatMap(({ proposal }) => proposal.findings);
  return {
    files: proposals.length,
    errors: findings.filter(({ severity }) => severity === 'error').length,
    warnings: findings.filter(({ severity }) => severity === 'warning').length,
  };
}

/** The sha256 of everything that the artifact is made from. */
function inputsHash(version: string, { job, projectHash }: PlannedJob): string {
  return sha256(JSON.stringify([version, job.kind, job.service, projectHash]));
}

/** The person who decides on a file must know what the scan could not read of its service. */
function doubts({ doubt }: PlannedJob): readonly Finding[] {
  if (doubt === null) return [];
  const url = ruleUrl('omega/scan');
  return [{ rule: 'omega/scan', severity: 'warning', line: 1, message: doubt, url }];
}
