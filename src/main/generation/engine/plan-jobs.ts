import { throwIfCancelled } from '#main/core/abort.ts';
import { sha256 } from '#main/core/hash.ts';
import { OmegaError } from '#shared/error.ts';
import { freshJob, type Job, type Run } from '#shared/run.ts';
import type { ScanResult } from '#shared/scan.ts';
import { defaultTarget } from '#shared/target.ts';
import type { PlannedArtifact } from '../ports.ts';
import type { ReviewContext } from '../review/review-context.ts';
import { describeProblems, problemsOutside } from '../scan/problems.ts';
import { withUsage } from '../sizing/with-usage.ts';
import { type PlannedWork, planProject } from './plan-project.ts';
import type { Scanned } from './scan-roots.ts';

/** A job with what it works on; `projectHash` is the sha256 of all that its blueprint sees of the scan. */
export type PlannedJob = PlannedWork & {
  readonly job: Job;
  readonly projectHash: string;
  /** What the scan could not read or understand and the job's files may lack, in a sentence; else null. */
  readonly doubt: string | null;
  /** What changed of the service since its facts were remembered, in a sentence; else null. */
  readonly news: string | null;
};

/** The jobs of a run in order, and a failure for each project that gives none. */
export type Plan = {
  readonly jobs: readonly PlannedJob[];
  readonly failures: Run['failures'];
};

/** Plans the jobs of the projects that were scanned; one that cannot be planned keeps none of the others. */
export async function planJobs(
  { ports, storage, clock }: Pick<ReviewContext, 'ports' | 'storage' | 'clock'>,
  { id, request }: Pick<Run, 'id' | 'request'>,
  scanned: readonly Scanned[],
  signal: AbortSignal,
): Promise<Plan> {
  const asked = { ...request, target: request.target ?? defaultTarget };
  const jobs: PlannedJob[] = [];
  const failures: Run['failures'] = [];
  for (const entry of scanned) {
    if (!entry.ok) {
      failures.push(entry.failure);
      continue;
    }
    const project = withUsage(entry.project, request.usage);
    try {
      const planned = await planProject({ ports, storage }, project, asked, signal);
      if (planned.length === 0) throw nothingToMake(project, request.services);
      const hashes = new Map<ScanResult, string>();
      for (const [index, work] of planned.entries()) {
        const job = toJob(clock.id(), id, project.root, work.artifact);
        const projectHash = hashes.get(work.view) ?? sha256(JSON.stringify(work.view));
        hashes.set(work.view, projectHash);
        const doubt = doubtOf(project, work.artifact, index === 0);
        jobs.push({ ...work, job, projectHash, doubt, news: null });
      }
    } catch (error) {
      throwIfCancelled(signal);
      failures.push({ root: project.root, error: planFailure(error) });
    }
  }
  return { jobs, failures };
}

function toJob(id: string, runId: string, root: string, artifact: PlannedArtifact): Job {
  return {
    id,
    runId,
    root,
    service: artifact.service?.name ?? null,
    kind: artifact.kind,
    ...freshJob,
  };
}

/** A service's own doubts go with its files; those of no service, with the first file of the project. */
function doubtOf(project: ScanResult, { service }: PlannedArtifact, first: boolean): string | null {
  const own = service?.unknowns.find(({ fact }) => fact === 'files')?.reason;
  const outside = first ? problemsOutside(project) : [];
  const others = `Services may be missing: ${describeProblems(outside)}.`;
  const doubts = [...(own ? [own] : []), ...(outside.length > 0 ? [others] : [])];
  return doubts.length > 0 ? doubts.join(' ') : null;
}

function nothingToMake(
  { root, ignored }: ScanResult,
  services: readonly string[] | undefined,
): OmegaError {
  const named = services?.length ? ` called ${services.join(', ')}` : '';
  const problems = ignored.filter(({ problem }) => problem);
  const next =
    problems.length > 0
      ? `mend these and run again: ${describeProblems(problems)}.`
      : 'look at its scan for what was found and what was passed over.';
  return new OmegaError(
    'NOT_FOUND',
    `No deployable service${named} was found in "${root}"; ${next}`,
  );
}

function planFailure(error: unknown): Run['failures'][number]['error'] {
  if (error instanceof OmegaError) return error.toData();
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'INTERNAL',
    message: `The project could not be planned: ${message}`,
    retryable: false,
  };
}
