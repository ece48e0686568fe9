import type { ParsedInput } from '#shared/contract.ts';
import { OmegaError } from '#shared/error.ts';
import type { ScanResult } from '#shared/scan.ts';
import type { Target } from '#shared/target.ts';
import { type PlannedWork, planProject } from '../engine/plan-project.ts';
import type { SurroundingsContext } from '../engine/surroundings.ts';

/** An artifact that is asked for, and the run that would ask; absent means that it is asked for alone. */
export type AskedFor = Pick<ParsedInput<'prompt.preview'>, 'root' | 'kind' | 'service' | 'run'>;

/**
 * The artifacts of the request in which a run asks for the wanted one, as the queue cuts them; `set`
 * is what is set. Throws `NOT_FOUND` where the project has no such artifact.
 */
export async function requestArtifacts(
  context: SurroundingsContext,
  project: ScanResult,
  { kind, service, run }: AskedFor,
  set: { readonly batchSize: number; readonly target: Target },
  signal: AbortSignal,
): Promise<readonly PlannedWork[]> {
  const target = run?.target ?? set.target;
  const isWanted = ({ artifact }: PlannedWork): boolean =>
    artifact.kind === kind && (artifact.service?.name ?? null) === service;
  const all = run ? await planProject(context, project, { ...run, target }, signal) : [];
  const at = all.findIndex(isWanted);
  if (at >= 0) {
    const size = run?.batchSize ?? set.batchSize;
    const first = at - (at % size);
    return all.slice(first, first + size);
  }
  const services = service === null ? undefined : [service];
  const own = await planProject(context, project, { kinds: [kind], services, target }, signal);
  const alone = own.find(isWanted);
  if (alone) return [alone];
  const whose = service === null ? 'of the whole project' : `of a service called "${service}"`;
  throw new OmegaError(
    'NOT_FOUND',
    `There is no ${kind} ${whose} to make here; look at the scan for what was found.`,
  );
}
