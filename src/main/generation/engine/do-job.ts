import { throwIfCancelled } from '#main/core/abort.ts';
import { sha256 } from '#main/core/hash.ts';
import type { StoredProposal } from '#main/storage/proposal-store.ts';
import type { Finding, Provenance } from '#shared/artifact.ts';
import { ruleUrl } from '#shared/rules.ts';
import type { Learning } from '../memory/learning.ts';
import { note } from '../memory/note.ts';
import { projectWords } from '../memory/own-words.ts';
import { asMade, type PreparedFile, prepareFile } from '../memory/prepare-file.ts';
import { propose } from '../review/propose.ts';
import type { ReviewContext } from '../review/review-context.ts';
import type { JobCount } from './job-queue.ts';
import type { PlannedJob } from './plan-jobs.ts';

/**
 * Does one job: generates its files, brings in what was learned (unless `learning` is null), validates
 * each, and keeps them as proposals, all or none.
 */
export async function doJob(
  context: ReviewContext,
  learning: Learning | null,
  planned: PlannedJob,
  signal: AbortSignal,
): Promise<JobCount> {
  const { ports, storage, clock, files, emit } = context;
  const { job, project, artifact: wanted } = planned;
  const proposals: StoredProposal[] = [];
  const prepared: PreparedFile[] = [];
  for (const artifact of ports.generate(wanted.kind, project, wanted.service)) {
    throwIfCancelled(signal);
    const source = { artifact, project, service: wanted.service };
    const file = learning
      ? await prepareFile(learning, ports, source, signal)
      : await asMade(ports, artifact, signal);
    const first = proposals.length === 0 ? firstNotes(planned) : [];
    const findings = [...first, ...file.findings];
    const provenance = provenanceOf(context, planned, file);
    const made = { id: clock.id(), job, artifact: file.artifact, findings, provenance };
    proposals.push(await propose(files, made));
    prepared.push(file);
  }
  throwIfCancelled(signal);
  storage.transaction(() => {
    if (prepared.some(({ lesson }) => lesson)) {
      storage.lessons.addProject(job.runId, job.root, projectWords(project));
    }
    for (const [index, proposal] of proposals.entries()) {
      storage.proposals.save(proposal);
      const lesson = prepared[index]?.lesson;
      if (lesson) storage.lessons.add(proposal.proposal.id, lesson.target, lesson.made);
    }
  });
  emit({ type: 'proposal.updated', runId: job.runId });
  const findings = proposals.flatMap(({ proposal }) => proposal.findings);
  return {
    usage: null,
    files: proposals.length,
    errors: findings.filter(({ severity }) => severity === 'error').length,
    warnings: findings.filter(({ severity }) => severity === 'warning').length,
  };
}

function provenanceOf(
  { ports, clock }: ReviewContext,
  planned: PlannedJob,
  { basis, memories }: PreparedFile,
): Provenance {
  return {
    origin: { type: 'blueprint', version: ports.blueprintVersion },
    inputsHash: inputsHash(ports.blueprintVersion, planned, basis),
    createdAt: clock.now(),
    memories,
  };
}

/** The sha256 of everything that the artifact is made from. */
function inputsHash(
  version: string,
  { job, projectHash }: PlannedJob,
  basis: string | null,
): string {
  const inputs = [version, job.kind, job.service, projectHash, ...(basis === null ? [] : [basis])];
  return sha256(JSON.stringify(inputs));
}

/** What goes with the first file: what the scan could not read, and what it found changed. */
function firstNotes({ doubt, news }: PlannedJob): readonly Finding[] {
  return [...doubts(doubt), ...(news === null ? [] : [note(news)])];
}

/** The person who decides on a file must know what the scan could not read of its service. */
function doubts(doubt: string | null): readonly Finding[] {
  if (doubt === null) return [];
  const url = ruleUrl('omega/scan');
  return [{ rule: 'omega/scan', severity: 'warning', line: 1, message: doubt, url }];
}
