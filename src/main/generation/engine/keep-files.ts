import { throwIfCancelled } from '#main/core/abort.ts';
import { sha256 } from '#main/core/hash.ts';
import type { StoredAlternative, StoredProposal } from '#main/storage/proposal-store.ts';
import type { ArtifactKind, Finding, Provenance } from '#shared/artifact.ts';
import { ruleUrl } from '#shared/rules.ts';
import type { Surroundings } from '../blueprints/blueprint.ts';
import { note } from '../memory/note.ts';
import { projectWords } from '../memory/own-words.ts';
import type { PreparedFile } from '../memory/prepare-file.ts';
import { HiddenPaths } from '../review/hidden-paths.ts';
import { propose } from '../review/propose.ts';
import type { ReviewContext } from '../review/review-context.ts';
import type { JobCount } from './job-queue.ts';
import type { PlannedJob } from './plan-jobs.ts';

/** A file that is ready to be proposed: validated, and with where it comes from. */
export type MadeFile = Pick<PreparedFile, 'artifact' | 'findings' | 'lesson'> & {
  readonly provenance: Provenance;
  /** What can be taken in its place; null or absent where there is nothing. */
  readonly alternative?: StoredAlternative | null;
};

/**
 * Keeps the files of a job as proposals, all or none, with what is noted of them for learning, and
 * counts their findings. The first carries what the scan could not read and what it found changed.
 */
export async function keepFiles(
  { storage, clock, files, emit }: ReviewContext,
  planned: PlannedJob,
  made: readonly MadeFile[],
  signal: AbortSignal,
): Promise<Omit<JobCount, 'usage'>> {
  const { job, project } = planned;
  const proposals: StoredProposal[] = [];
  const hidden = new HiddenPaths(job.root);
  for (const [index, file] of made.entries()) {
    const { artifact, provenance, alternative = null } = file;
    const findings = [...(index === 0 ? firstNotes(planned) : []), ...file.findings];
    const source = { id: clock.id(), job, artifact, findings, provenance, alternative };
    proposals.push(await propose(files, source, hidden));
  }
  throwIfCancelled(signal);
  storage.transaction(() => {
    if (made.some(({ lesson }) => lesson)) {
      storage.lessons.addProject(job.runId, job.root, projectWords(project));
    }
    for (const [index, proposal] of proposals.entries()) {
      storage.proposals.save(proposal);
      const lesson = made[index]?.lesson;
      if (lesson) storage.lessons.add(proposal.proposal.id, lesson.target, lesson.made);
    }
  });
  emit({ type: 'proposal.updated', runId: job.runId });
  const findings = proposals.flatMap(({ proposal }) => proposal.findings);
  return {
    files: proposals.length,
    errors: findings.filter(({ severity }) => severity === 'error').length,
    warnings: findings.filter(({ severity }) => severity === 'warning').length,
  };
}

/**
 * The sha256 of everything that an artifact is made from: `maker` names what made it and in which
 * version, `texts` are the files that it read, `basis` what else went into it.
 */
export function inputsHash(
  maker: string,
  { job, projectHash, target }: PlannedJob,
  basis: string | null,
  texts: Surroundings['texts'] = new Map(),
): string {
  const read = [...texts].map(([path, { content, hash, isOurs }]) => [
    path,
    hash ?? sha256(content),
    isOurs,
  ]);
  const own = [maker, job.kind, job.service, projectHash, target, read];
  const inputs = [...own, ...(basis === null ? [] : [basis])];
  return sha256(JSON.stringify(inputs));
}

function firstNotes(planned: PlannedJob): readonly Finding[] {
  const { doubt, news } = planned;
  return [...doubts(doubt), ...supposes(planned), ...(news === null ? [] : [note(news)])];
}

/** Of the kinds that must agree with telemetry, these say nothing where it is not accepted. */
const watching: ReadonlySet<ArtifactKind> = new Set(['prometheus', 'grafana']);

function supposes({ artifact, supposed }: PlannedJob): readonly Finding[] {
  if (supposed.length === 0 || !watching.has(artifact.kind)) return [];
  const rule = 'omega/beside';
  const whose = supposed.length > 10 ? `${supposed.length} services` : supposed.join(', ');
  const message = `It counts on the telemetry that this run proposes for ${whose}: accept it too.`;
  return [{ rule, severity: 'info', line: 1, message, url: ruleUrl(rule) }];
}

/** The person who decides on a file must know what the scan could not read of its service. */
function doubts(doubt: string | null): readonly Finding[] {
  if (doubt === null) return [];
  const url = ruleUrl('omega/scan');
  return [{ rule: 'omega/scan', severity: 'warning', line: 1, message: doubt, url }];
}
