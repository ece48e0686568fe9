import type { Clock } from '#main/core/clock.ts';
import { sha256 } from '#main/core/hash.ts';
import { OmegaError } from '#shared/error.ts';
import { freshJob, type Job, type Run } from '#shared/run.ts';
import type { ScanResult } from '#shared/scan.ts';
import { defaultTarget, type Target } from '#shared/target.ts';
import type { GenerationPorts, PlannedArtifact } from '../ports.ts';
import { describeProblems, problemsOutside } from '../scan/problems.ts';
import { withUsage } from '../sizing/with-usage.ts';
import type { Scanned } from './scan-roots.ts';

/** A job with what it works on; `projectHash` is the sha256 of the whole scan result. */
export type PlannedJob = {
  readonly job: Job;
  readonly project: ScanResult;
  readonly projectHash: string;
  readonly artifact: PlannedArtifact;
  readonly target: Target;
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
export function planJobs(
  ports: GenerationPorts,
  clock: Clock,
  run: Pick<Run, 'id' | 'request'>,
  scanned: readonly Scanned[],
): Plan {
  const target = run.request.target ?? defaultTarget;
  const jobs: PlannedJob[] = [];
  const failures: Run['failures'] = [];
  for (const entry of scanned) {
    if (!entry.ok) {
      failures.push(entry.failure);
      continue;
    }
    const project = withUsage(entry.project, run.request.usage);
    try {
      const planned = ports.plan(project, run.request.kinds, run.request.services);
      if (planned.length === 0) throw nothingToMake(project, run.request.services);
      const projectHash = sha256(JSON.stringify(project));
      for (const [index, artifact] of planned.entries()) {
        const job = toJob(clock.id(), run.id, project.root, artifact);
        const doubt = doubtOf(project, artifact, index === 0);
        jobs.push({ job, project, projectHash, artifact, target, doubt, news: null });
      }
    } catch (error) {
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
