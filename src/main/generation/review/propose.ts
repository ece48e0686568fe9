import { sha256 } from '#main/core/hash.ts';
import { resolveWithin } from '#main/core/resolve-within.ts';
import type { StoredAlternative, StoredProposal } from '#main/storage/proposal-store.ts';
import type { Artifact, Finding, Provenance } from '#shared/artifact.ts';
import { OmegaError } from '#shared/error.ts';
import { ruleUrl } from '#shared/rules.ts';
import type { Job } from '#shared/run.ts';
import type { HiddenPaths } from './hidden-paths.ts';
import { targetRule } from './plan-write.ts';
import type { ProjectFiles } from './project-files.ts';

/** What a proposal is made from. */
export type ProposalSource = {
  readonly id: string;
  readonly job: Job;
  readonly artifact: Artifact;
  readonly findings: readonly Finding[];
  readonly provenance: Provenance;
  readonly alternative: StoredAlternative | null;
};

/**
 * Sets an artifact beside what is on disk. A target that cannot be read or must not be written (a
 * link, a folder, a huge file) does not fail the job: it becomes an error-level finding. Of a new file
 * that git would leave out, `hidden` tells.
 */
export async function propose(
  files: ProjectFiles,
  source: ProposalSource,
  hidden: HiddenPaths,
): Promise<StoredProposal> {
  const { id, job, artifact, provenance } = source;
  const target = await readTarget(files, job.root, artifact.path);
  const unseen = target.bytes === null ? await hidden.finding(artifact.path) : null;
  const baseHash = target.bytes ? sha256(target.bytes) : null;
  const unchanged = baseHash === sha256(artifact.content);
  return {
    baseHash,
    alternative: source.alternative,
    proposal: {
      id,
      runId: job.runId,
      jobId: job.id,
      root: job.root,
      service: job.service,
      kind: artifact.kind,
      path: artifact.path,
      replaces: target.bytes !== null,
      base: target.bytes?.toString('utf8') ?? null,
      content: artifact.content,
      state: unchanged ? 'unchanged' : 'open',
      findings: [...target.findings, ...(unseen ? [unseen] : []), ...source.findings],
      provenance,
    },
  };
}

async function readTarget(
  files: ProjectFiles,
  root: string,
  path: string,
): Promise<{ readonly bytes: Buffer | null; readonly findings: readonly Finding[] }> {
  try {
    const state = await files.read(await resolveWithin(root, path));
    return { bytes: state?.bytes ?? null, findings: [] };
  } catch (error) {
    if (!(error instanceof OmegaError)) throw error;
    const url = ruleUrl(targetRule);
    const finding = { rule: targetRule, severity: 'error', line: 1, url } as const;
    return { bytes: null, findings: [{ ...finding, message: error.message }] };
  }
}
